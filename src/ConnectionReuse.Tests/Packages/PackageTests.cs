using System.Xml.Linq;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Packages;

/// <summary>Each package brings what it says, and asks for nothing else.</summary>
public sealed class PackageTests
{
    private const string Tool = "ConnectionReuse.Tool";
    private const long MostOfALibrary = 200_000; // bytes, compressed
    private const long MostOfTheTool = 20_000_000;

    // Those that the program itself stands on lie inside its package; a library's are the reader's to install.
    [Theory]
    [InlineData("ConnectionReuse.Abstractions", "net8.0")]
    [LongTests.Row("ConnectionReuse.Turns", "net10.0")]
    [LongTests.Row("ConnectionReuse.BenchmarkDotNet", "net10.0", "BenchmarkDotNet 0.15.2")]
    [InlineData("ConnectionReuse.Turns.BenchmarkDotNet", "net10.0", "BenchmarkDotNet 0.15.2", "ConnectionReuse.Turns")]
    public async Task A_library_asks_for_what_it_needs_alone(string id, string framework, params string[] dependencies)
    {
        await using var feed = new Feed();
        using var package = await feed.AddAsync($"src/{id}");
        var metadata = await Feed.MetadataAsync(package);
        var version = (string)metadata.Element("version")!;

        Assert.Equal((id, "README.md", "MIT"), ((string)metadata.Element("id")!, (string)metadata.Element("readme")!, (string)metadata.Element("license")!));
        Assert.InRange(((string)metadata.Element("description")!).Length, 50, 400);
        Assert.NotEmpty((string)metadata.Element("tags")!);
        var group = Assert.Single(metadata.Descendants("group"));
        Assert.Equal(framework, (string)group.Attribute("targetFramework")!);
        Assert.Equal(dependencies.Select(wanted => wanted.Contains(' ', StringComparison.Ordinal) ? wanted : $"{wanted} {version}"), group.Elements().Select(Words).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["LICENSE", "README.md", $"lib/{framework}/{id}.dll", $"lib/{framework}/{id}.xml"],
            package.Entries.Select(entry => entry.FullName).Where(IsContent).Order(StringComparer.Ordinal));
        Assert.InRange(new FileInfo(Path.Combine(feed.Folder, $"{id}.{version}.nupkg")).Length, 1, MostOfALibrary);
        Assert.True(File.Exists(Path.Combine(feed.Folder, $"{id}.{version}.snupkg")), "its symbols");
    }

    [Fact]
    public async Task The_tool_holds_the_program_and_nothing_that_it_never_runs()
    {
        LongTests.SkipUnlessAsked();
        await using var feed = new Feed();
        using var package = await feed.AddAsync("bench");
        var metadata = await Feed.MetadataAsync(package);
        string[] files = [.. package.Entries.Select(entry => entry.FullName).Where(IsContent)];

        Assert.Equal((Tool, "MIT", "README.md"), ((string)metadata.Element("id")!, (string)metadata.Element("license")!, (string)metadata.Element("readme")!));
        Assert.Equal("DotnetTool", (string)metadata.Descendants("packageType").Single().Attribute("name")!);
        Assert.Empty(metadata.Descendants("dependency"));
        Assert.Contains("tools/net10.0/any/ConnectionReuse.Bench.dll", files);
        Assert.Contains("tools/net10.0/any/DotnetToolSettings.xml", files);
        Assert.DoesNotContain(files, file => file.Contains(".Tests", StringComparison.Ordinal) || file.EndsWith(".resources.dll", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Split('/')[^1].Contains("capstone", StringComparison.Ordinal) || file.Split('/').Any(part => part is "amd64" or "arm64" or "x86"));
        Assert.InRange(new FileInfo(Assert.Single(Directory.GetFiles(feed.Folder, $"{Tool}.*.nupkg"))).Length, 1, MostOfTheTool);
    }

    [Fact]
    public void Every_package_has_the_one_version()
    {
        var properties = XDocument.Load(Path.Combine(Source.Repository, "Directory.Build.props"));
        string[] projects = [.. Directory.GetFiles(Source.Repository, "*.csproj", SearchOption.AllDirectories)];

        Assert.Matches(@"^\d+\.\d+\.\d+$", (string)properties.Descendants("VersionPrefix").Single());
        Assert.All(projects, project => Assert.DoesNotContain(XDocument.Load(project).Descendants(), element => element.Name.LocalName is "Version" or "VersionPrefix" or "PackageVersion"));
    }

    [Fact]
    public void What_is_public_in_a_library_is_written_down() => Assert.All(Offered.Libraries, library =>
        Assert.True(File.ReadLines(Path.Combine(Source.Repository, "src", library, "PublicAPI.Unshipped.txt")).Concat(File.ReadLines(Path.Combine(Source.Repository, "src", library, "PublicAPI.Shipped.txt"))).Count() > 2, library));

    private static string Words(XElement dependency) => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}";

    // What every package has by its form is none.
    private static bool IsContent(string entry) => !entry.EndsWith(".nuspec", StringComparison.Ordinal) && !entry.StartsWith("_rels/", StringComparison.Ordinal)
        && !entry.StartsWith("package/", StringComparison.Ordinal) && entry != "[Content_Types].xml";
}
