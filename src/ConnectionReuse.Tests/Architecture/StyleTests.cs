using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Architecture;

/// <summary>What <c>dotnet format</c> looks for beyond white space fails the build already, so the test command need not look twice.</summary>
public sealed class StyleTests
{
    private const string Source = """
        using System.Text;
        namespace Odd
        {
            /// <summary>Odd.</summary>
            public class Style
            {
                int name = 1;
                const int lower = 2;

                /// <summary>Odd.</summary>
                public int Sum() { return name + lower; }
            }
        }
        """;

    [Fact]
    public async Task An_odd_style_fails_the_build()
    {
        LongTests.SkipUnlessAsked();
        await using var folder = TemporaryFolder.Create("test");
        foreach (var file in (string[])[".editorconfig", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json"])
        {
            File.Copy(Path.Combine(Tests.Source.Repository, file), Path.Combine(folder.FullName, file));
        }

        File.WriteAllText(Path.Combine(folder.FullName, "Odd.csproj"), """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><IsPackable>false</IsPackable></PropertyGroup></Project>""");
        File.WriteAllText(Path.Combine(folder.FullName, "Style.cs"), Source);
        var build = new ProcessStartInfo("dotnet", ["build", "-c", "Release", "--nologo", "-p:UseSharedCompilation=false", "-nodeReuse:false"]) { WorkingDirectory = folder.FullName };

        var said = await ChildProcess.RunAsync(build, "the build", TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        Assert.NotEqual(0, said.ExitCode);
        Assert.All((string[])["IDE0005", "IDE0040", "IDE0161", "IDE1006: Naming rule violation: Missing prefix", "IDE1006: Naming rule violation: These words"], id => Assert.Contains($"error {id}", said.Output, StringComparison.Ordinal));
    }
}
