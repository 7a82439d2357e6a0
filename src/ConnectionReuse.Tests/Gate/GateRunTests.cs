using System.Globalization;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Measuring;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>A whole gate, without processes and sockets.</summary>
public sealed class GateRunTests
{
    private const string New = "message-invoker";

    private readonly List<FakeHost> _hosts = [];

    [Fact]
    [Fault("`gate --client` of a client that base lacks", "that it is not compared, and its connections in head; the others are compared")]
    public async Task A_client_that_base_lacks_is_counted_in_head_and_not_compared()
    {
        var findings = await FindingsAsync("shared", New);

        Assert.Equal(
            ["kestrel-http message-invoker", "kestrel-https message-invoker"],
            findings.Rows.Where(row => row.Reason == "base has no such client: nothing to compare it with" && !row.Decides).Select(row => row.Name));
        Assert.Equal(["kestrel-http shared", "kestrel-https shared"], findings.Passes.Single().Counts.Select(row => row.Name));
        Assert.Equal("2 of 2 rows as declared, of 1 clients", findings.Rows.Single(row => row.Name == PatternVerdicts.NewInHead).Reason);
        Assert.DoesNotContain(findings.Rows, row => row.Name == PatternVerdicts.Others);
        Assert.Equal(GateVerdict.Ok, findings.Verdict);
        Assert.DoesNotContain(Asked("base"), command => command.Contains(New, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_base_lacks_every_client_nothing_is_compared()
    {
        var findings = await FindingsAsync(New);

        Assert.Empty(findings.Passes.Single().Counts);
        Assert.Equal(["patterns"], Asked("base"));
        Assert.Equal("head (c0ffee)", findings.Head);
    }

    [Theory]
    [InlineData(1.025, 1.025, new[] { TimeVerdicts.Together }, 2)] // each below its threshold
    [InlineData(1.0, 1.035, new[] { "kestrel-https shared" }, 1)]
    [InlineData(1.05, 1.05, new[] { "kestrel-http shared", "kestrel-https shared" }, 2)] // together too, which is advice then
    public async Task What_is_slower_is_measured_again_and_all_rows_where_it_is_the_rows_together(double http, double https, string[] slower, int again)
    {
        var findings = await FindingsAsync(new Dictionary<string, double> { ["kestrel-http"] = http, ["kestrel-https"] = https }, countsOnly: false, "shared");

        Assert.Equal(slower, findings.Rows.Where(row => row is { Measure: GateMeasure.Time, Verdict: GateVerdict.Regression, Decides: true }).Select(row => row.Name));
        Assert.Equal([2, again], findings.Passes.Select(pass => pass.Rows.Count));
        Assert.Equal(GateVerdict.Regression, findings.Verdict);
        Assert.All(findings.Rows.Where(row => row is { Measure: GateMeasure.Time, Verdict: GateVerdict.Regression }), row => Assert.Contains("; a second run with another seed shows +", row.Reason, StringComparison.Ordinal));
    }

    private IEnumerable<string> Asked(string build) => _hosts.SelectMany(host => host.Sets).SelectMany(set => set)
        .Where(station => station.Station.Name == build).SelectMany(station => station.Asked);

    private Task<GateFindings> FindingsAsync(params string[] clients) => FindingsAsync(new Dictionary<string, double>(), countsOnly: true, clients);

    // Slower: head's time over base's, by target.
    private async Task<GateFindings> FindingsAsync(IReadOnlyDictionary<string, double> slower, bool countsOnly, params string[] clients)
    {
        var options = new GateOptions
        {
            CommandLine = string.Empty,
            Out = string.Empty,
            EveryPattern = false,
            Plan = GateOptions.PlanOf(GateOptions.DefaultBudget, sets: null, countsOnly, clients, seed: 1),
        };
        var run = new GateRun(options, Calibration.None, builds => Host(builds, slower), _ => { }, new PassingTime());
        return (await run.RunAsync(new Build("base", "base", null), "control", new Build("head", "head", null), TestContext.Current.CancellationToken)).Gate!;
    }

    private FakeHost Host(IReadOnlyList<(string Name, string Folder)> builds, IReadOnlyDictionary<string, double> slower)
    {
        var host = new FakeHost(place => new FakeStation(builds[place].Name, words => words[0] switch
        {
            StationProtocol.Patterns => builds[place].Name == "base" ? "patterns fresh shared" : $"patterns fresh shared {New}",
            StationProtocol.Count or StationProtocol.Prove => Counted(words[0], int.Parse(words[^1], CultureInfo.InvariantCulture)),
            StationProtocol.Run => FakeStation.Run(0.001 * (builds[place].Name == "head" ? slower[words[1]] : 1), int.Parse(words[^1], CultureInfo.InvariantCulture)),
            var word => word,
        }));
        _hosts.Add(host);
        return host;
    }

    private static string Counted(string word, int calls) =>
        $$"""{{word}} {"Counts":{"Requests":{{calls}},"Opened":0,"Accepted":0,"Carrying":1,"FullHandshakes":0,"ResumedHandshakes":0,"AllocatedBytes":1000},"Seconds":1,"CallSeconds":[]}""";
}
