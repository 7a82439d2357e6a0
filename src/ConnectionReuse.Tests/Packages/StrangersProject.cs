using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using Xunit;

namespace ConnectionReuse.Tests.Packages;

/// <summary>A project of somebody who knows nothing but a README: outside of the repository, with packages from a folder.</summary>
internal sealed class StrangersProject : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly TemporaryFolder _folder = TemporaryFolder.Create("test");

    // The packages lie beside the project: it would compile the sources in them.
    private StrangersProject()
    {
        Directory.CreateDirectory(ProjectFolder);
    }

    private string ProjectFolder => Path.Combine(_folder.FullName, "project");

    private string Packages => Path.Combine(_folder.FullName, "packages");

    /// <summary>Writes its files; what it depends on otherwise is taken from what this machine has installed.</summary>
    /// <param name="feed">The folder of the packages.</param>
    /// <param name="project">What stands in its project file.</param>
    public static async Task<StrangersProject> CreateAsync(Feed feed, string project)
    {
        var stranger = new StrangersProject();
        var installed = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await stranger.WriteAsync("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{stranger.Packages}" /></config>
              <fallbackPackageFolders><clear /><add key="installed" value="{installed}" /></fallbackPackageFolders>
              <packageSources><clear /><add key="feed" value="{feed.Folder}" /></packageSources>
            </configuration>
            """);
        await stranger.WriteAsync("Stranger.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              {project}
            </Project>
            """);
        return stranger;
    }

    /// <summary>Writes a file of it anew.</summary>
    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(ProjectFolder, name), text, TestContext.Current.CancellationToken);

    /// <summary>Builds and runs it.</summary>
    public Task<ProcessOutput> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "-c", "Release", "--", .. arguments]) { WorkingDirectory = ProjectFolder };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["NUGET_PACKAGES"] = Packages; // before any of the machine's
        return ChildProcess.RunAsync(start, "dotnet run", Patience, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();
}
