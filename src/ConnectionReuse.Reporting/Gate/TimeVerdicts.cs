using System.Globalization;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using MathNet.Numerics.Distributions;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>
/// Verdicts over times. Each set of processes gives one estimate of log(head / base); across sets the exact one-sided
/// signed-rank test decides, after Holm over all rows, together with a threshold on the size.
/// </summary>
internal static class TimeVerdicts
{
    // Asymptotic standard error of a Hodges-Lehmann estimate over the one of a mean, for normal differences: √(π / 3).
    private const double Efficiency = 1.0233;

    private const double Power = 0.95;

    /// <summary>The verdict on each row of a pass.</summary>
    /// <param name="rows">The family of rows that are tested together.</param>
    /// <param name="calibration">What is known of this kind of machine.</param>
    /// <param name="policy">What the project wants; null for nothing of its own.</param>
    public static IReadOnlyList<GateRow> Of(IReadOnlyList<RowSamples> rows, Calibration calibration, GatePolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(calibration);
        var logs = rows.Select(row => Logs(row, round => round.Head)).ToArray();
        var controls = rows.Select(row => HodgesLehmann.Of(Logs(row, round => round.Control))).ToArray();
        var worse = Holm.Adjust([.. logs.Select(SignedRank.Greater)]);
        var better = Holm.Adjust([.. logs.Select(row => SignedRank.Greater(row.Select(log => -log)))]);
        var disturbed = Worst(rows, controls);
        return
        [
            .. rows.Select((row, i) => Verdict(
                row,
                logs[i],
                Threshold(row, controls[i], calibration, (policy ?? GatePolicy.Default).Of(row.Name)),
                GateRules.Alpha / rows.Count,
                worse[i],
                better[i],
                disturbed ?? (logs[i].Length < GateRules.LeastSets(rows.Count) ? $"{logs[i].Length} sets cannot reach the level of {GateRules.Alpha}: {GateRules.LeastSets(rows.Count)} are needed" : null))),
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

    /// <summary>Whether fresh calls still take longer than shared ones, by target: without that the headline is lost.</summary>
    public static IReadOnlyList<GateRow> Ratios(IReadOnlyList<RowSamples> rows) =>
    [
        .. from fresh in rows
           from shared in rows
           where fresh.Target == shared.Target && fresh.Client == "fresh" && shared.Client == "shared"
           select Ratio(fresh, shared),
    ];

    private static GateRow Verdict(RowSamples row, double[] logs, double threshold, double level, double worse, double better, string? cannotTell)
    {
        var estimate = Math.Exp(HodgesLehmann.Of(logs));
        var interval = HodgesLehmann.Interval(logs, LogInterval.Confidence);
        var slower = estimate > 1 + threshold;
        var faster = estimate < 1 / (1 + threshold);
        var (p, significant) = estimate >= 1 ? (worse, worse < GateRules.Alpha) : (better, better < GateRules.Alpha);
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

    private static double Threshold(RowSamples row, double control, Calibration calibration, RowPolicy policy) =>
        Math.Max(policy.Time ?? GateRules.LeastTime, Math.Max(Math.Exp(Math.Abs(control)) - 1, calibration.Time.GetValueOrDefault(row.Name)));

    private static string? Worst(IReadOnlyList<RowSamples> rows, double[] controls)
    {
        var worst = Enumerable.Range(0, rows.Count).MaxBy(i => Math.Abs(controls[i]));
        return Math.Exp(Math.Abs(controls[worst])) - 1 <= GateRules.Disturbed
            ? null
            : $"a disturbed run: base against base is off by {Change(Math.Exp(controls[worst]))} on {rows[worst].Name}, more than {GateRules.Disturbed * 100:0} %";
    }

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
}
