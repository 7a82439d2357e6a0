using System.Globalization;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.SideBySide;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>
/// A run held against a stored result: what is counted decides, ratios are advice, and times say nothing, because
/// machines differ by more than commits do.
/// </summary>
internal static class BaselineVerdicts
{
    /// <summary>Whether a row is one of the default comparison on a local target: what a run for the gate measures.</summary>
    public static bool IsOfTheComparison(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Parameters == RowParameters.None && row.Declared.Tool is null && TargetIds.Served.Contains(row.Target);
    }

    /// <summary>The verdicts, for each row of either result on a local target.</summary>
    /// <param name="stored">The stored result.</param>
    /// <param name="head">The run in question.</param>
    /// <param name="calibration">What is known of this kind of machine.</param>
    public static IReadOnlyList<GateRow> Of(ResultFile stored, ResultFile head, Calibration calibration)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(head);
        var matches = RowMatches.Of(stored.Rows.Where(IsOfTheComparison), head.Rows.Where(IsOfTheComparison), RowIdentity.Of);
        var pairs = matches.Pairs.Where(pair => pair.First.HasTimes()).ToArray();
        var runtimes = stored.Environment.Runtime == head.Environment.Runtime ? null
            : $"the stored result is of {stored.Environment.Runtime}, this run of {head.Environment.Runtime}: their allocations do not compare";
        runtimes ??= Settings(stored) == Settings(head) ? null : "the stored result is of other runtime settings: their allocations do not compare";
        return
        [
            .. pairs.Select(pair => Connections(pair.First, pair.Second)),
            .. matches.OnlyFirst.Select(row => Unmatched(row, "stored, but not measured now")),
            .. matches.OnlySecond.Select(row => Unmatched(row, "measured now, but not stored: there is nothing to hold it against")),
            .. matches.Pairs.Where(pair => !pair.First.HasTimes()).Select(pair => Unmatched(pair.Second, $"stored as {pair.First.Status.Words()}: there is nothing to hold it against")),
            .. pairs.Select(pair => Allocations(pair.First, pair.Second, runtimes, calibration)).OfType<GateRow>(),
            .. stored.Ratios.Select(ratio => Advice(ratio, head)).OfType<GateRow>(),
            .. LeftOut(stored.Rows.Count(row => !IsOfTheComparison(row))),
            .. EnvironmentDifferences.Of(stored.Environment, head.Environment).Select(Other),
        ];
    }

    private static string Settings(ResultFile file) => string.Join(' ', file.Environment.RuntimeSettings ?? []);

    private static GateRow Other(string difference) => new()
    {
        Name = "environment",
        Measure = GateMeasure.Connections,
        Verdict = GateVerdict.Inconclusive,
        Reason = $"{difference} (A: the stored result, B: this run)",
        Decides = false,
    };

    // A row that is gone may be one that nobody measures any more, and one that broke: the run cannot tell, and must not pass.
    private static GateRow Unmatched(ResultRow row, string reason) => new()
    {
        Name = $"{row.Target} {row.Client}",
        Measure = GateMeasure.Connections,
        Verdict = GateVerdict.Inconclusive,
        Reason = $"{row.Target} {row.Client} is {reason}",
    };

    private static IEnumerable<GateRow> LeftOut(int rows) => rows == 0 ? [] :
    [
        new GateRow
        {
            Name = "other stored rows",
            Measure = GateMeasure.Connections,
            Verdict = GateVerdict.Inconclusive,
            Reason = $"{rows} of other targets, classes, links and tools: the gate does not measure them",
            Decides = false,
        },
    ];

    private static GateRow Connections(ResultRow then, ResultRow now)
    {
        var wrong = now.Status == RowStatus.Failed ? now.Reason ?? "the row failed"
            : Full(now) / now.Requests > Full(then) / then.Requests ? string.Create(CultureInfo.InvariantCulture, $"{Full(now):0.##} full handshakes in {now.Requests} requests where the stored result has {Full(then):0.##} in {then.Requests}")
            : null;
        var measured = now.HasTimes();
        return new GateRow
        {
            Name = $"{now.Target} {now.Client}",
            Measure = GateMeasure.Connections,
            Verdict = wrong is not null ? GateVerdict.Regression : measured ? GateVerdict.Ok : GateVerdict.Inconclusive,
            Reason = wrong ?? (measured ? "as declared" : $"{now.Status.Words()}: {now.Reason}"),
            Estimate = now.PerIteration(counts => counts.Opened),
            Threshold = now.Declared.Expected?.Opened,
        };
    }

    private static GateRow? Allocations(ResultRow then, ResultRow now, string? runtimes, Calibration calibration)
    {
        if (then.AllocatedBytesPerRequest is not { } before || now.AllocatedBytesPerRequest is not { } after)
        {
            return null;
        }

        var name = $"{now.Target} {now.Client}";
        var difference = after - before;
        var row = CountVerdicts.Allocations(name, before, new Interval(difference, difference, difference, LogInterval.Confidence), CountVerdicts.AllocationThreshold(name, before, calibration))
            with
        { Low = null, High = null };
        var cannotTell = runtimes ?? (then.Requests == now.Requests ? null
            : $"the stored result is of {then.Requests} requests per iteration, this run of {now.Requests}: their allocations do not compare");
        return cannotTell is null ? row : row with { Verdict = GateVerdict.Inconclusive, Reason = cannotTell };
    }

    private static GateRow? Advice(ResultRatio then, ResultFile head) =>
        head.Ratios.FirstOrDefault(now => now.Target == then.Target && now.Slow == then.Slow && now.Fast == then.Fast) is not { } now || then.Parameters != RowParameters.None ? null : new GateRow
        {
            Name = $"{now.Target} {now.Slow}/{now.Fast}",
            Measure = GateMeasure.Ratio,
            Verdict = now.Low <= then.High && then.Low <= now.High ? GateVerdict.Ok : GateVerdict.Inconclusive,
            Reason = $"advice: {(now.Low <= then.High && then.Low <= now.High ? "in line with" : "apart from")} the stored {Tables.Figure.Ratio(then.Value, then.Low, then.High)}",
            Estimate = now.Value,
            Low = now.Low,
            High = now.High,
            Decides = false,
        };

    private static double Full(ResultRow row) => row.PerIteration(counts => counts.FullHandshakes) ?? 0;
}
