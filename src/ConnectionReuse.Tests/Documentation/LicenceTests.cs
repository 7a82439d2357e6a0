using System.Diagnostics;
using System.Text.Json;
using ConnectionReuse.Tests.Packages;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>The licence is in the repository, and every package names it.</summary>
public sealed class LicenceTests
{
    public static TheoryData<string> Projects =>
    [
        .. Directory.EnumerateFiles(Source.Repository, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Source.Repository, path)),
    ];

    [Fact]
    public void The_repository_is_under_the_MIT_licence()
    {
        var text = File.ReadAllText(Path.Combine(Source.Repository, "LICENSE"));

        Assert.StartsWith("MIT License", text, StringComparison.Ordinal);
        Assert.Contains("The ConnectionReuse authors", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task A_package_names_its_licence_and_says_what_it_is(string project)
    {
        var properties = await PropertiesAsync(project, "IsPackable", "PackageLicenseExpression", "Authors", "Description");

        Assert.Equal(Offered.Projects.Contains(Path.GetFileNameWithoutExtension(project)), bool.Parse(properties["IsPackable"]));
        if (properties["IsPackable"] == "false")
        {
            return;
        }

        Assert.Equal("MIT", properties["PackageLicenseExpression"]);
        Assert.Equal("The ConnectionReuse authors", properties["Authors"]);
        Assert.NotEqual("Package Description", properties["Description"]); // the SDK's own, where a project says nothing
    }

    // As the build sees them, whichever file sets them.
    private static async Task<Dictionary<string, string>> PropertiesAsync(string project, params string[] names)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, .. names.Select(name => $"-getProperty:{name}")])
        {
            WorkingDirectory = Source.Repository,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var json = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(json)!["Properties"];
    }
}
