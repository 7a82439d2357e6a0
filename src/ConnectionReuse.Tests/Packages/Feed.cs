using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using Xunit;

namespace ConnectionReuse.Tests.Packages;

/// <summary>Packages in a folder, made of what the tests were built with.</summary>
internal sealed class Feed : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = TemporaryFolder.Create("test");

    /// <summary>Where they are.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The configuration that the tests were built in.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    /// <summary>Packs a project.</summary>
    /// <param name="project">Its folder in the repository.</param>
    /// <param name="build">Whether it has targets that the tests were not built with.</param>
    /// <returns>The package, open; whoever has it closes it.</returns>
    public async Task<ZipArchive> AddAsync(string project, bool build = false)
    {
        var before = Directory.GetFiles(Folder, "*.nupkg");
        var start = new ProcessStartInfo("dotnet", ["pack", Path.Combine(Source.Repository, project), "-c", Configuration, "-o", Folder, "-v", "quiet", "--nologo", .. build ? Array.Empty<string>() : ["--no-build"]]);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var packed = await ChildProcess.RunAsync(start, "dotnet pack", Patience, TestContext.Current.CancellationToken);
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Errors);
        return ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Folder, "*.nupkg").Except(before)));
    }

    /// <summary>The metadata of a package.</summary>
    public static async Task<XElement> MetadataAsync(ZipArchive package)
    {
        await using var nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return WithoutNamespace((await XDocument.LoadAsync(nuspec, LoadOptions.None, TestContext.Current.CancellationToken)).Root!).Element("metadata")!;
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private static XElement WithoutNamespace(XElement element) =>
        new(element.Name.LocalName, element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration), element.HasElements ? element.Elements().Select(WithoutNamespace) : element.Value);
}
