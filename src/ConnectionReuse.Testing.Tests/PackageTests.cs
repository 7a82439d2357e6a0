using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace ConnectionReuse.Testing.Tests;

/// <summary>The package brings what it says and nothing else.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task It_depends_on_nothing_and_brings_its_documents()
    {
        var folder = Directory.CreateTempSubdirectory("package-test-");
        try
        {
            using var package = ZipFile.OpenRead(await PackAsync(folder.FullName));
            string[] files = [.. package.Entries.Select(entry => entry.FullName)];
            using var reader = new StreamReader(package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
            var metadata = XDocument.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
            string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

            Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
            Assert.Equal(["net10.0", "net8.0"], metadata.Descendants().Where(element => element.Name.LocalName == "group").Select(group => group.Attribute("targetFramework")!.Value).Order());
            Assert.Equal(("ConnectionReuse.Testing", "MIT", "README.md"), (Of("id"), Of("license"), Of("readme")));
            Assert.StartsWith("A connection budget for any test", Of("description"), StringComparison.Ordinal);
            foreach (var file in (string[])
                [
                    "README.md", "LICENSE", "build/ConnectionReuse.Testing.targets",
                    .. ((string[])["net8.0", "net10.0"]).SelectMany(target => new[] { $"lib/{target}/ConnectionReuse.Testing.dll", $"lib/{target}/ConnectionReuse.Testing.xml" }),
                    .. ((string[])["xunit.v3", "NUnit", "MSTest", "TUnit"]).Select(framework => $"frameworks/{framework}/ConnectionBudgetAttribute.cs"),
                ])
            {
                Assert.Contains(file, files);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Of what is built already: the solution builds the library for both targets, the test project alone for net10.0 only.
    private static async Task<string> PackAsync(string folder)
    {
        string[] built = Array.TrueForAll(["net8.0", "net10.0"], IsBuilt) ? ["--no-build"] : [];
        var start = new ProcessStartInfo("dotnet", ["pack", Project(), "-c", "Release", "-o", folder, "-v", "quiet", "--nologo", .. built])
        {
            RedirectStandardOutput = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return Assert.Single(Directory.GetFiles(folder, "*.nupkg"));
    }

    private static bool IsBuilt(string target) => File.Exists(Path.Combine(Path.GetDirectoryName(Project())!, "bin", "Release", target, "ConnectionReuse.Testing.dll"));

    private static string Project([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "ConnectionReuse.Testing", "ConnectionReuse.Testing.csproj");
}
