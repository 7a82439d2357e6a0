using BenchmarkDotNet.Configs;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class SelectionTests
{
    [Fact]
    public void Every_client_pattern_has_a_row() =>
        Assert.Empty(ClientPatterns.All.Keys.Except(Rows("*", all: true).Select(row => row.Client)));

    [Fact]
    public void A_filter_that_names_no_further_class_selects_the_default_comparison_alone()
    {
        var rows = Rows("*Http.Shared");
        Assert.Equal([("wiremock-http", "shared"), ("kestrel-http", "shared")], rows.Select(row => (row.TargetId, row.Client)));
        Assert.All(rows, row => Assert.Null(row.Question));
    }

    [Fact]
    public void A_filter_that_names_a_further_class_selects_it() =>
        Assert.All(Rows("*Amortisation*"), row => Assert.Equal("Amortisation", row.Question));

    private static IReadOnlyList<RowKey> Rows(string filter, bool all = false)
    {
        var ledger = new RowLedger(100, _ => string.Empty);
        var options = new ComparisonOptions
        {
            Requests = 100,
            RealUrls = [],
            UserAgent = "test",
            Out = ".",
            All = all,
            BenchmarkDotNet = ["--filter", filter],
            CommandLine = string.Empty,
        };
        Selection.Of(options).Runs(new ManualConfig(), ledger);
        return ledger.Rows;
    }
}
