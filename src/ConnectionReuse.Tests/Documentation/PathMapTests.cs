using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>The compiler is told where the sources lie, in its own language.</summary>
public sealed class PathMapTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    [Fault("a comma and an equals sign in a folder's name", "it builds")]
    public async Task A_comma_and_an_equals_sign_in_a_folders_name_are_no_signs_of_the_compilers()
    {
        await using var temporary = TemporaryFolder.Create("test");
        var folder = Directory.CreateDirectory(Path.Combine(temporary.FullName, "a,b=c")).FullName;
        File.Copy(Path.Combine(Source.Repository, "Directory.Build.props"), Path.Combine(folder, "Directory.Build.props"));
        await File.WriteAllTextAsync(Path.Combine(folder, "Some.csproj"), """<Project Sdk="Microsoft.NET.Sdk" />""", TestContext.Current.CancellationToken);

        var asked = new ProcessStartInfo("dotnet", ["msbuild", "Some.csproj", "-nologo", "-p:Configuration=Release", "-getProperty:PathMap"]) { WorkingDirectory = folder };
        var said = await ChildProcess.RunAsync(asked, "dotnet msbuild", Patience, TestContext.Current.CancellationToken);

        Assert.Equal((0, $"{Path.Combine(temporary.FullName, "a,,b==c")}{Path.DirectorySeparatorChar}=/_/"), (said.ExitCode, said.Output.Trim()));
    }
}
