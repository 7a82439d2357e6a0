using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Packages;

/// <summary>A debugger finds the sources of a package where its repository keeps them.</summary>
[Collection(nameof(TheProgram))]
public sealed class SourceLinkTests
{
    // Of custom debug information: https://github.com/dotnet/runtime/blob/main/docs/design/specs/PortablePdb-Metadata.md#source-link-c-and-vb-compilers
    private static readonly Guid SourceLink = new("cc110556-a091-4d38-9fec-25ab9a351a6a");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Symbols_lead_to_the_files_of_the_very_commit()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(Directory.Exists(Path.Combine(Source.Repository, ".git")), "this tree is no clone: no commit is known");
        await using var temporary = TemporaryFolder.Create("test");
        var clone = Path.Combine(temporary.FullName, "clone");
        await RunAsync("git", "clone", "--quiet", "--depth", "1", new Uri(Source.Repository).AbsoluteUri, clone);
        await RunAsync("git", "-C", clone, "remote", "set-url", "origin", "https://github.com/somebody/something.git");
        var commit = (await RunAsync("git", "-C", clone, "rev-parse", "HEAD")).Trim();

        await RunAsync("dotnet", "pack", Path.Combine(clone, "src", "ConnectionReuse.Abstractions"), "-c", "Release", "-o", temporary.FullName, "-v", "quiet", "--nologo");

        using var symbols = await ZipFile.OpenReadAsync(Assert.Single(Directory.GetFiles(temporary.FullName, "*.snupkg")), TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await using (var file = await Assert.Single(symbols.Entries, entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal)).OpenAsync(TestContext.Current.CancellationToken))
        {
            await file.CopyToAsync(content, TestContext.Current.CancellationToken);
        }

        content.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(content);
        var pdb = provider.GetMetadataReader();
        var link = Assert.Single(pdb.CustomDebugInformation.Select(pdb.GetCustomDebugInformation), information => pdb.GetGuid(information.Kind) == SourceLink);
        using var map = JsonDocument.Parse(pdb.GetBlobBytes(link.Value));
        var entry = Assert.Single(map.RootElement.GetProperty("documents").EnumerateObject());
        var documents = pdb.Documents.Select(document => pdb.GetString(pdb.GetDocument(document).Name)).ToArray();
        Assert.Equal($"https://raw.githubusercontent.com/somebody/something/{commit}/*", entry.Value.GetString());
        Assert.Equal("/_/*", entry.Name);
        Assert.Contains("/_/src/ConnectionReuse.Abstractions/GuardedClient.cs", documents);
        Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var run = await ChildProcess.RunAsync(start, program, Patience, TestContext.Current.CancellationToken);
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return run.Output;
    }
}
