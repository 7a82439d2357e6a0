using BenchmarkDotNet.Configs;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class PatternRowsTests
{
    [Fact]
    public void Every_client_pattern_has_a_row()
    {
        var ledger = new RowLedger(100, _ => string.Empty);
        var everything = new ComparisonOptions
        {
            Requests = 100,
            RealUrls = [],
            UserAgent = "test",
            Out = ".",
            All = true,
            BenchmarkDotNet = ["--filter", "*"],
            CommandLine = string.Empty,
        };

        Selection.Of(everything).Runs(new ManualConfig(), ledger);

        Assert.Empty(ClientPatterns.All.Keys.Except(ledger.Rows.Select(row => row.Client)));
    }
}
