using System.Globalization;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using MathNet.Numerics.Distributions;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>
/// Verdicts over times. Each set of processes gives one estimate of log(head / base) of each row, and of the mean of the rows;
/// across sets the exact one-sided signed-rank test decides, after Holm over all of them, together with a threshold on the size.
/// </summary>
internal static class TimeVerdicts
{
    /// <summary>The name of the mean of the rows: what slows down all of them is seen in it at half the size.</summary>
    public const string Together = "all rows";

    // Asymptotic standard error of a Hodges-Lehmann estimate over the one of a mean, for normal differences: √(π / 3).
    private const double Efficiency = 1.0233;

    private const double Power = 0.95;

    /// <summary>The verdict on each row of a pass, and on the rows together.</summary>
    /// <param name="rows">The rows that were measured together.</param>
    /// <param name="calibration">What is known of this kind of machine.</param>
    /// <param name="policy">What the project wants; null for nothing of its own.</param>
    /// <param name="asked">The names that are asked about, which are the family of tests; null for all.</param>
    public static IReadOnlyList<GateRow> Of(IReadOnlyList<RowSamples> rows, Calibration calibration, GatePolicy? policy = null, IReadOnlySet<string>? asked = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(calibration);
        var wanted = policy ?? GatePolicy.Default;
        Differences[] alone = [.. rows.Select(row => Alone(row, calibration, wanted.Of(row.Name)))];
        Differences[] tested = [.. alone.Append(Mean([.. alone.Where(row => row.Blocks)], wanted.OfTogether?.Time)).OfType<Differences>().Where(row => asked?.Contains(row.Name) != false)];
        var worse = Holm.Adjust([.. tested.Select(row => SignedRank.Greater(row.Logs))]);
        var better = Holm.Adjust([.. tested.Select(row => SignedRank.Greater(row.Logs.Select(log => -log)))]);
        var disturbed = Worst(alone);
        var least = GateRules.LeastSetsOf(tested.Length);
        return
        [
            .. tested.Select((row, i) => Verdict(
                row,
                GateRules.TimeAlpha / tested.Length,
                worse[i],
                better[i],
                disturbed ?? (row.Logs.Length < least ? $"{row.Logs.Length} sets cannot reach the level of {GateRules.TimeAlpha}: {least} are needed" : null))),
        ];
    }

    /// <summary>
    /// The verdicts after a second pass over the rows that the first one flagged: what does not show again is not
    /// believed, and not called green either.
    /// </summary>
    public static IReadOnlyList<GateRow> Confirm(IReadOnlyList<GateRow> first, IReadOnlyList<GateRow> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return [.. first.Select(row => second.FirstOrDefault(again => again.Name == row.Name && again.Measure == row.Measure) is { } again && row.Verdict == GateVerdict.Regression
            ? again.Verdict == GateVerdict.Regression
                ? row with { Reason = $"{row.Reason}; a second run with another seed shows {Change(again.Estimate!.Value)}" }
                : row with { Verdict = GateVerdict.Inconclusive, Reason = $"{row.Reason}; but a second run with another seed does not confirm it: {again.Reason}" }
            : row)];
    }

    /// <summary>The verdicts of which those on the rows together are advice where a row that blocks says by itself what is slower.</summary>
    public static IReadOnlyList<GateRow> Told(IReadOnlyList<GateRow> rows, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(policy);
        return !rows.Any(row => row.Name != Together && row.Verdict == GateVerdict.Regression && policy.Of(row.Name).Blocks) ? rows
            : [.. rows.Select(row => row is { Name: Together, Verdict: GateVerdict.Regression } ? row with { Decides = false, Reason = $"{row.Reason}; the rows above say where" } : row)];
    }

    /// <summary>Whether fresh calls still take longer than shared ones, by target: without that the headline is lost.</summary>
    public static IReadOnlyList<GateRow> Ratios(IReadOnlyList<RowSamples> rows) =>
    [
        .. from fresh in rows
           from shared in rows
           where fresh.Target == shared.Target && fresh.Client == ClientIds.Fresh && shared.Client == ClientIds.Shared
           select Ratio(fresh, shared),
    ];

    private static Differences Alone(RowSamples row, Calibration calibration, RowPolicy policy)
    {
        var equal = calibration.Time.GetValueOrDefault(row.Name);
        return new(
            row.Name,
            Logs(row, round => round.Head),
            HodgesLehmann.Of(Logs(row, round => round.Control)),
            Math.Max(policy.Time ?? GateRules.LeastTime, equal),
            Math.Max(policy.Time ?? GateRules.LeastTimeTogether, equal),
            policy.Blocks);
    }

    // Set by set: the rows of a set are of the same processes. Null where there is nothing to put together.
    private static Differences? Mean(IReadOnlyList<Differences> rows, double? wanted)
    {
        if (rows.Count < 2)
        {
            return null;
        }

        var least = wanted ?? rows.Average(row => row.LeastTogether);
        double[] logs = [.. Enumerable.Range(0, rows.Min(row => row.Logs.Length)).Select(set => rows.Average(row => row.Logs[set]))];
        return new(Together, logs, rows.Average(row => row.Control), least, least, Blocks: true);
    }

    private static GateRow Verdict(Differences row, double level, double worse, double better, string? cannotTell)
    {
        var (logs, threshold) = (row.Logs, Math.Max(row.Least, Math.Exp(Math.Abs(row.Control)) - 1));
        var estimate = Math.Exp(HodgesLehmann.Of(logs));
        var interval = HodgesLehmann.Interval(logs, LogInterval.Confidence);
        var slower = estimate > 1 + threshold;
        var faster = estimate < 1 / (1 + threshold);
        var (p, significant) = estimate >= 1 ? (worse, worse < GateRules.TimeAlpha) : (better, better < GateRules.TimeAlpha);
        var (verdict, reason) = cannotTell is not null ? (GateVerdict.Inconclusive, cannotTell)
            : slower && significant ? (GateVerdict.Regression, $"head is slower in {logs.Count(log => log > 0)} of {logs.Length} sets of processes")
            : faster && significant ? (GateVerdict.Improvement, $"head is faster in {logs.Count(log => log < 0)} of {logs.Length} sets of processes")
            : slower ? (GateVerdict.Inconclusive, $"head looks slower, but the sets of processes do not agree: p {Text(p)}")
            : significant ? (GateVerdict.Ok, "a difference that is seen, but below the threshold")
            : (GateVerdict.Ok, "no difference that counts");
        return new GateRow
        {
            Name = row.Name,
            Measure = GateMeasure.Time,
            Verdict = verdict,
            Reason = reason,
            Estimate = estimate,
            Low = interval is null ? null : Math.Exp(interval.Low),
            High = interval is null ? null : Math.Exp(interval.High),
            Threshold = 1 + threshold,
            P = p,
            Visible = Visible(logs, threshold, level),
        };
    }

    // What one pass finds with 95 % certainty, by the normal approximation; level: the strictest of Holm's.
    private static double? Visible(double[] logs, double threshold, double level)
    {
        if (logs.Length < LogInterval.MinimumLaunches)
        {
            return null;
        }

        var mean = logs.Average();
        var error = Efficiency * Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1) / logs.Length);
        var (power, significance) = (Normal.InvCDF(0, 1, Power), Normal.InvCDF(0, 1, 1 - level));
        return Math.Exp(Math.Max(Math.Log(1 + threshold) + (power * error), (significance + power) * error));
    }

    private static string? Worst(IReadOnlyList<Differences> rows) =>
        rows.MaxBy(row => Math.Abs(row.Control)) is { } worst && Math.Exp(Math.Abs(worst.Control)) - 1 > GateRules.Disturbed
            ? $"a disturbed run: base against base is off by {Change(Math.Exp(worst.Control))} on {worst.Name}, more than {GateRules.Disturbed * 100:0} %"
            : null;

    private static double[] Logs(RowSamples row, Func<CycleSeconds, double> process) =>
        [.. row.Sets.Select(set => HodgesLehmann.Of([.. set.Cycles.Select(cycle => Math.Log(process(cycle) / cycle.Base))]))];

    private static GateRow Ratio(RowSamples fresh, RowSamples shared)
    {
        var ratios = fresh.Sets.Zip(shared.Sets, (f, s) => Samples.Median(f.Cycles.Select(cycle => cycle.Head)) / Samples.Median(s.Cycles.Select(cycle => cycle.Head)));
        var interval = LogInterval.Of([.. ratios]);
        return new GateRow
        {
            Name = fresh.Target,
            Measure = GateMeasure.Ratio,
            Verdict = interval is null ? GateVerdict.Inconclusive : interval.Low > 1 ? GateVerdict.Ok : GateVerdict.Regression,
            Reason = interval is null ? $"fewer than {LogInterval.MinimumLaunches} sets give no interval"
                : interval.Low > 1 ? "in head a fresh client costs more than a shared one"
                : "in head a fresh client no longer costs more than a shared one: the headline is lost",
            Estimate = interval?.Value,
            Low = interval?.Low,
            High = interval?.High,
            Threshold = 1,
        };
    }

    /// <summary>A ratio as a change, such as <c>+5.2 %</c>.</summary>
    internal static string Change(double ratio) => ((ratio - 1) * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";

    private static string Text(double p) => p.ToString("0.0###", CultureInfo.InvariantCulture);

    /// <summary>What is tested: one row, or the mean of several.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Logs">log(head / base), set by set.</param>
    /// <param name="Control">The estimate of log(control / base).</param>
    /// <param name="Least">The least slowdown that counts, as a share.</param>
    /// <param name="LeastTogether">What it adds to the mean of such, for the rows together.</param>
    /// <param name="Blocks">Whether it decides.</param>
    private sealed record Differences(string Name, double[] Logs, double Control, double Least, double LeastTogether, bool Blocks);
}
