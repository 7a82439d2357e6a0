using System.Xml.Linq;
using ConnectionReuse.Processes;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Packages;

/// <summary>What the READMEs of the packages show works in a project that has nothing but the packages. <see cref="PackageTests"/> is the short one.</summary>
[Collection(nameof(TheProgram))]
public sealed class StrangersProjectTests
{
    [Theory]
    [InlineData("[ConnectionsDiagnoser]")]
    [InlineData("[TakeTurns(EngineFactory = typeof(ConnectionCountingEngineFactory)), ConnectionsDiagnoser(SetsEngineFactory = false)]")]
    public async Task Benchmarks_count_their_connections(string attribute)
    {
        LongTests.SkipUnlessAsked();
        await using var server = new CannedServer(CannedServer.Response("200 OK", "x"));
        await using var feed = new Feed();
        using var turns = await feed.AddAsync("src/ConnectionReuse.Turns");
        using var takingTurns = await feed.AddAsync("src/ConnectionReuse.Turns.BenchmarkDotNet");
        using var package = await feed.AddAsync("src/ConnectionReuse.BenchmarkDotNet");
        var version = (string)(await Feed.MetadataAsync(package)).Element("version")!;
        var program = Fenced("ConnectionReuse.BenchmarkDotNet", "csharp", "BenchmarkRunner.Run")
            .Replace("http://localhost:5080/", server.Uri.AbsoluteUri, StringComparison.Ordinal)
            .Replace("[ConnectionsDiagnoser]", attribute, StringComparison.Ordinal);
        var inTurns = attribute.Contains("TakeTurns", StringComparison.Ordinal);
        await using var stranger = await StrangersProject.CreateAsync(
            feed, Reference("ConnectionReuse.BenchmarkDotNet", version) + (inTurns ? Reference("ConnectionReuse.Turns.BenchmarkDotNet", version) : ""));
        await stranger.WriteAsync("Program.cs", inTurns ? $"using ConnectionReuse.Turns.BenchmarkDotNet;\n{program}" : program);

        var run = await stranger.RunAsync(OneCall);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var table = string.Join('\n', run.Output.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)));
        Assert.Matches(@"\| Connections/op \| Connections/request \| TLS handshakes/op \|", table);
        Assert.Matches(@"\| Shared +\|.*\| +- \| +- \| +- \|", table); // its connection is the warm-up's
        Assert.Matches(@"\| Fresh +\|.*\| +1 \| +1 \| +- \|", table);
    }

    [Fact]
    public async Task Benchmarks_take_turns_without_HTTP()
    {
        LongTests.SkipUnlessAsked();
        await using var feed = new Feed();
        using var turns = await feed.AddAsync("src/ConnectionReuse.Turns");
        using var package = await feed.AddAsync("src/ConnectionReuse.Turns.BenchmarkDotNet");
        var version = (string)(await Feed.MetadataAsync(package)).Element("version")!;
        await using var stranger = await StrangersProject.CreateAsync(feed, Reference("ConnectionReuse.Turns.BenchmarkDotNet", version));
        await stranger.WriteAsync("Program.cs", Fenced("ConnectionReuse.Turns.BenchmarkDotNet", "csharp", "BenchmarkRunner.Run"));

        var run = await stranger.RunAsync(OneCall);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Matches(@"\| Sha256 +\| +[\d.,]+ us \|", run.Output);
        Assert.Matches(@"\| Sha512 +\| +[\d.,]+ us \|", run.Output);
    }

    [Theory]
    [InlineData("xunit.v3", "xunit.v3", "", "using ConnectionReuse.Testing.Xunit; using Xunit;", "", "[Fact]", "[Fact, ConnectionBudget(1)]")]
    [InlineData("NUnit", "NUnit NUnit3TestAdapter", "EnableNUnitRunner", "using ConnectionReuse.Testing.NUnit; using NUnit.Framework;", "", "[Test]", "[Test, ConnectionBudget(1)]")]
    [InlineData("MSTest", "MSTest.TestFramework MSTest.TestAdapter", "EnableMSTestRunner", "using ConnectionReuse.Testing.MSTest; using Microsoft.VisualStudio.TestTools.UnitTesting;", "[TestClass]", "[TestMethod]", "[ConnectionBudget(1)]")]
    [InlineData("TUnit", "TUnit.Core TUnit.Engine", "", "using ConnectionReuse.Testing.TUnit; using TUnit.Core;", "", "[Test]", "[Test, ConnectionBudget(1)]")]
    public async Task A_test_keeps_its_connection_budget_or_fails_with_the_message(
        string framework, string packages, string runner, string usings, string onClass, string byHand, string byAttribute)
    {
        LongTests.SkipUnlessAsked();
        await using var server = new CannedServer(CannedServer.Response("200 OK", "x"));
        await using var feed = new Feed();
        using var package = await feed.AddAsync("src/ConnectionReuse.Testing", build: true);
        var version = (string)(await Feed.MetadataAsync(package)).Element("version")!;
        var budget = Fenced("ConnectionReuse.Testing", "xml", "ConnectionBudgetFramework").Replace(">xunit.v3<", $">{framework}<", StringComparison.Ordinal);
        var ownRunner = runner.Length == 0 ? "" : $"<PropertyGroup><{runner}>true</{runner}></PropertyGroup>";
        var references = Reference("ConnectionReuse.Testing", version) + string.Concat(packages.Split(' ').Select(id => Reference(id, VersionHere(id))));
        await using var stranger = await StrangersProject.CreateAsync(feed, budget + ownRunner + references);

        await stranger.WriteAsync("OrdersTests.cs", Tests("_shared"));
        var kept = await stranger.RunAsync();
        await stranger.WriteAsync("OrdersTests.cs", Tests("fresh"));
        var broken = await stranger.RunAsync();

        Assert.True(kept.ExitCode == 0, kept.Output + kept.Errors);
        Assert.NotEqual(0, broken.ExitCode);
        const string message = "Expected at most 1 connection, but 30 were opened for 30 requests:";
        Assert.True(Told(broken, message) == 2, broken.Output + broken.Errors);
        Assert.Equal(2, Told(broken, "Keep one HttpClient (or IHttpClientFactory)."));

        // The README's own lines, once by hand and once under its attribute.
        string Tests(string client) => $$"""
            using ConnectionReuse.Testing;
            {{usings.Replace("; ", ";\n", StringComparison.Ordinal)}}

            {{onClass}}
            public sealed class OrdersTests
            {
                {{byHand}}
                public async Task By_hand()
                {
                    using var orders = new Orders();
                    {{Fenced("ConnectionReuse.Testing", "csharp", "ConnectionScope.Start")}}
                }

                {{byAttribute}}
                public async Task By_attribute()
                {
                    using var orders = new Orders();
                    for (var i = 0; i < 30; i++)
                    {
                        await orders.GetAsync(i);
                    }
                }
            }

            internal sealed class Orders : IDisposable
            {
                private readonly HttpClient _shared = new();

                public async Task GetAsync(int number)
                {
                    using var fresh = new HttpClient();
                    await {{client}}.GetStringAsync(new Uri("{{server.Uri}}" + number));
                }

                public void Dispose() => _shared.Dispose();
            }
            """;

        static int Told(ProcessOutput run, string text) => (run.Output + run.Errors).Split(text).Length - 1;
    }

    private static string[] OneCall => ["--strategy", "Monitoring", "--warmupCount", "1", "--iterationCount", "2", "--invocationCount", "1", "--unrollFactor", "1"];

    // What this repository's own samples are built with lies on this machine.
    private static string VersionHere(string package) => (string)Assert.Single(
        XDocument.Load(Path.Combine(Source.Repository, "Directory.Packages.props")).Descendants("PackageVersion"), version => (string?)version.Attribute("Include") == package).Attribute("Version")!;

    private static string Reference(string package, string version) => $"""<ItemGroup><PackageReference Include="{package}" Version="{version}" /></ItemGroup>""";

    /// <summary>The fenced block of a README that holds some words.</summary>
    private static string Fenced(string package, string language, string words)
    {
        var text = File.ReadAllText(Path.Combine(Source.Repository, "src", package, "README.md")).ReplaceLineEndings("\n");
        return Assert.Single(text.Split($"```{language}\n").Skip(1).Select(block => block[..block.IndexOf("\n```", StringComparison.Ordinal)]), block => block.Contains(words, StringComparison.Ordinal));
    }
}
