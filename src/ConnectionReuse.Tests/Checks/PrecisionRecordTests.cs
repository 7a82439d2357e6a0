using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Checks;

public sealed class PrecisionRecordTests
{
    private const string Machine = "linux-x64-2";

    private static PrecisionRun Run(string kind, int minute, double seconds, params (string Target, double Value, double Low, double High)[] ratios) => new(
        kind,
        Machine,
        new DateTimeOffset(2026, 1, 2, 3, minute, 0, TimeSpan.Zero),
        "2222222",
        seconds,
        ExitCode: 0,
        [.. ratios.Select(ratio => new PrecisionRatio(ratio.Target, "fresh", "shared", ratio.Value, ratio.Low, ratio.High, Rounds: 5, new RatioSpread(Rounds: 0.03, Turns: 0.04, Iterations: ratio.Target == "kestrel-http" ? 0.01 : 0)))],
        PrecisionRun.CurrentMethod);

    private static readonly PrecisionRun[] Runs =
    [
        Run(PrecisionRecord.Quiet, 0, 99, ("kestrel-http", 3, 2, 4)) with { Method = 1 },
        Run(PrecisionRecord.Quiet, 1, 61, ("kestrel-http", 2, 1.95, 2.05), ("kestrel-https", 27, 26, 28)),
        Run(PrecisionRecord.Quiet, 2, 63, ("kestrel-http", 8, 7, 9), ("kestrel-https", 27, 26.5, 27.5)),
        Run(PrecisionRecord.Quiet, 5, 65, ("kestrel-http", 4, 3.9, 4.1), ("kestrel-https", 27, 26.8, 27.2)),
        Run(PrecisionRecord.Loaded, 3, 70, ("kestrel-http", 4.2, 3.9, 4.5), ("kestrel-https", 35.1, 30, 41)),
        Run(PrecisionRecord.Equal, 4, 20, ("kestrel-http", 1.01, 0.99, 1.03), ("kestrel-https", 1.05, 1.01, 1.09)) with { ExitCode = 1 },
    ];

    [Fact]
    public void Widths_and_rates_are_told_by_kind() => Golden.Holds("precision.md", PrecisionRecord.Render(Runs));

    [Fact]
    public void The_page_in_results_is_drawn_from_the_record_beside_it() =>
        Golden.Holds("../../../../results/precision/README.md", PrecisionRecord.Render([.. new PrecisionCheck(PrecisionCheck.Folder).Read()]));

    [Fact]
    public void A_record_without_runs_says_so() => Assert.Contains("No run yet.", PrecisionRecord.Render([]), StringComparison.Ordinal);

    [Fact]
    public void The_pooled_value_is_the_geometric_mean_of_quiet_runs_alone()
    {
        var pooled = PrecisionRecord.Pooled(Runs.Where(run => run.Method == PrecisionRun.CurrentMethod));

        Assert.Equal(["kestrel-http fresh/shared", "kestrel-https fresh/shared"], pooled.Keys.Order());
        Assert.Equal(4, pooled["kestrel-http fresh/shared"], 9);
        Assert.Equal(27, pooled["kestrel-https fresh/shared"], 9);
    }

    [Fact]
    public void A_width_reaches_to_the_side_where_the_interval_is_longer()
    {
        Assert.Equal(0.25, new PrecisionRatio("a", "b", "c", 1, 0.9, 1.25, 5).Width, 9);
        Assert.Equal(0.25, new PrecisionRatio("a", "b", "c", 1, 0.8, 1.1, 5).Width, 9);
    }

    [Fact]
    public void Every_run_is_kept_and_the_table_drawn_anew()
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            var check = new PrecisionCheck(folder.FullName);
            Assert.Empty(check.Read());
            foreach (var run in Runs)
            {
                check.Append(run);
            }

            Assert.Equal(Runs.Select(run => run.ToJson()), check.Read().Select(run => run.ToJson()));
            Assert.Equal(PrecisionRecord.Render(Runs), File.ReadAllText(Path.Combine(folder.FullName, "README.md")));
            Assert.Contains("\"holdsOne\":true", Runs[^1].ToJson(), StringComparison.Ordinal);
            File.AppendAllText(Path.Combine(folder.FullName, "record.jsonl"), "half a li");
            Assert.Equal(ExitCode.WrongUse, Assert.Throws<UserException>(check.Read).ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
