using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>One run of the gate against itself, good or bad.</summary>
/// <param name="Kind">What was done to head, such as <c>aa</c> or <c>slow-5</c>; <c>calibration</c> for the runs that set thresholds.</param>
/// <param name="Machine">The kind of machine.</param>
/// <param name="Start">When it started.</param>
/// <param name="Commit">The program's commit.</param>
/// <param name="Verdict">The gate's verdict.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Method">How the gate measured; see <see cref="ValidationRecord.Method"/>.</param>
/// <param name="Row">The only row that was slowed down; null where all were, or none.</param>
internal sealed record ValidationRun(
    string Kind, string Machine, DateTimeOffset Start, string Commit, GateVerdict Verdict, IReadOnlyList<GateRow> Rows, int Method = 1, string? Row = null);

/// <summary>What the record of validation runs says of the gate.</summary>
internal static class ValidationRecord
{
    /// <summary>
    /// How the gate measures and judges now: 1 compiled in tiers and waited busily; 2 compiles once (<c>GateRuntime</c>) and waits
    /// asleep (<c>QuietWait</c>); 3 judges the rows together too, and slows head down by a share of what a call takes in a turn,
    /// not in short batches, which was a sixth to a third more than it said.
    /// </summary>
    public const int Method = 3;

    // The first that measures as today's does: its calibration holds.
    private const int FirstComparable = 2;

    /// <summary>The kind of the runs that set thresholds and prove nothing.</summary>
    public const string Calibration = "calibration";

    /// <summary>The kind of the runs that slow down one row and no other.</summary>
    public const string OneRow = "slow-10-one-row";

    /// <summary>Calibration runs after which a machine's calibration is closed.</summary>
    public const int CalibrationRuns = 10;

    /// <summary>A kind of machine's thresholds, from its first calibration runs and no other.</summary>
    public static Calibration CalibrationOf(IEnumerable<ValidationRun> runs, string machine) =>
        Gate.Calibration.Of(CalibrationRunsOf(runs, machine).SelectMany(run => run.Rows));

    /// <summary>The runs that set a kind of machine's thresholds.</summary>
    public static IReadOnlyList<ValidationRun> CalibrationRunsOf(IEnumerable<ValidationRun> runs, string machine) =>
        [.. Current(runs).Where(run => run.Kind == Calibration && run.Machine == machine).OrderBy(run => run.Start).Take(CalibrationRuns)];

    /// <summary>The runs that were measured as today's are.</summary>
    public static IEnumerable<ValidationRun> Current(IEnumerable<ValidationRun> runs) => runs.Where(run => run.Method >= FirstComparable);

    /// <summary>The operating characteristics as Markdown: how often each kind of run was called a regression.</summary>
    public static string Render(IReadOnlyCollection<ValidationRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var earlier = runs.Count - Current(runs).Count();
        var machines = runs.GroupBy(run => run.Machine).OrderBy(group => group.Key, StringComparer.Ordinal);
        return $"""
            # What the gate sees, and what it does not

            Drawn by `./run.sh check gate` from `record.jsonl` in this folder: every run, good or bad.
            `found`: runs that are called a regression, and `share` their share of all; `by counts`: those of them that connections or
            bytes show; `slower by`: the mean of what was measured of the rows that were changed. Bounds are exact (Clopper and Pearson,
            95 %). Method 3 judges all rows together, besides each alone, and slows down by a share of what a call takes in a turn; in
            method 2 it was a share of what one takes in short batches, which is more.

            {string.Concat(machines.Select(group => Section(group.Key, [.. group])))}{(earlier == 0 ? "" : $"{earlier} runs of an earlier method of measuring are in the record and in no table.\n")}
            """.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
    }

    private static string Section(string machine, ValidationRun[] runs)
    {
        var groups = Current(runs).Where(run => run.Kind != Calibration)
            .GroupBy(run => (run.Kind, run.Method))
            .OrderBy(group => group.Key.Kind, StringComparer.Ordinal).ThenBy(group => group.Key.Method)
            .Select(group => (group.Key, Runs: group.ToArray()))
            .ToArray();
        var table = groups.Length == 0 ? "No validation run yet: the calibration comes first.\n" : MarkdownTable.Render(
            [
                new("done to head", group => group.Key.Kind, IsNumber: false),
                new("method", group => Figure.Count(group.Key.Method)),
                new("runs", group => Figure.Count(group.Runs.Length)),
                new("found", group => Figure.Count(Count(group.Runs, GateVerdict.Regression))),
                new("by counts", group => Figure.Count(group.Runs.Count(ByCounts))),
                new("inconclusive", group => Figure.Count(Count(group.Runs, GateVerdict.Inconclusive))),
                new("share", group => Share(group.Runs)),
                new("slower by", group => SlowerBy(group.Runs)),
            ],
            groups);
        return $"## {machine}\n\n{table}\n- {Calibrated(runs, machine)}\n{OneRowFound(runs)}\n";
    }

    private static string SlowerBy(ValidationRun[] runs)
    {
        double[] logs = [.. from run in runs
                            from row in run.Rows
                            where row is { Measure: GateMeasure.Time, Estimate: not null } && row.Name != TimeVerdicts.Together && (run.Row is null || run.Row == row.Name)
                            select Math.Log(row.Estimate!.Value)];
        return logs.Length == 0 ? "" : $"{Figure.Text(100 * (Math.Exp(logs.Average()) - 1), 1)} %";
    }

    private static string Calibrated(IReadOnlyCollection<ValidationRun> runs, string machine)
    {
        var count = CalibrationRunsOf(runs, machine).Count;
        var rows = CalibrationOf(runs, machine).Time.OrderBy(row => row.Key, StringComparer.Ordinal);
        return count == 0 ? "no calibration runs" : $"{count} calibration runs; largest difference between two copies of one build: {string.Join(", ", rows.Select(row => $"{row.Key} {Figure.Text(100 * row.Value, 1)} %"))}{Seen(runs, machine)}";
    }

    // A regression of the whole run does not tell whether the right row was found.
    private static string OneRowFound(IReadOnlyCollection<ValidationRun> runs)
    {
        ValidationRun[] ofOneRow = [.. Current(runs).Where(run => run.Kind == OneRow)];
        var found = ofOneRow.Count(run => run.Rows.Where(row => row is { Measure: GateMeasure.Time, Verdict: GateVerdict.Regression, Decides: true }).Select(row => row.Name).SequenceEqual([run.Row]));
        return ofOneRow.Length == 0 ? "" : $"- a slowdown of one row was found in that row and no other in {found} of {ofOneRow.Length} runs, {Share(found, ofOneRow.Length)}\n";
    }

    // What runs of equal builds would have found, had there been something.
    private static string Seen(IReadOnlyCollection<ValidationRun> runs, string machine)
    {
        double[] seen = [.. Current(runs).Where(run => run.Kind == "aa" && run.Machine == machine).SelectMany(run => run.Rows).Where(row => row.Name != TimeVerdicts.Together).Select(row => row.Visible).OfType<double>().Order()];
        return seen.Length == 0 ? ""
            : $"; a pass of an aa run finds slowdowns from {Percent(seen[0])} to {Percent(seen[^1])} (the middle of {seen.Length} rows {Percent(Samples.Median(seen))})";

        static string Percent(double ratio) => $"{Figure.Text(100 * (ratio - 1), 1)} %";
    }

    private static bool ByCounts(ValidationRun run) =>
        run.Rows.Any(row => row is { Verdict: GateVerdict.Regression, Measure: GateMeasure.Connections or GateMeasure.Allocations });

    private static int Count(ValidationRun[] runs, GateVerdict verdict) => runs.Count(run => run.Verdict == verdict);

    private static string Share(ValidationRun[] runs) => Share(Count(runs, GateVerdict.Regression), runs.Length);

    private static string Share(int hits, int runs)
    {
        var share = BinomialShare.Of(hits, runs);
        return $"{Figure.Text(100 * share.Value, 0)} % ({Bound(share.Low)} to {Bound(share.High)} %)";

        static string Bound(double bound) => Figure.Text(100 * bound, bound < 0.1 ? 1 : 0);
    }
}
