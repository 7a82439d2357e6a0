using System.Globalization;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>
/// A run held against a stored result: what is counted decides, ratios are advice, and times say nothing, because
/// machines differ by more than commits do.
/// </summary>
internal static class BaselineVerdicts
{
    /// <summary>The verdicts, for each row of the stored result on a local target.</summary>
    /// <param name="stored">The stored result.</param>
    /// <param name="head">The run in question.</param>
    /// <param name="calibration">What is known of this kind of machine.</param>
    public static IReadOnlyList<GateRow> Of(ResultFile stored, ResultFile head, Calibration calibration)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(head);
        var pairs = stored.Rows
            .Where(row => row.HasTimes() && row.Parameters == RowParameters.None)
            .Select(row => (Then: row, Now: head.Rows.FirstOrDefault(now => now.Target == row.Target && now.Client == row.Client && now.Parameters == RowParameters.None)))
            .Where(pair => pair.Now is not null)
            .ToArray();
        var runtimes = stored.Environment.Runtime == head.Environment.Runtime ? null
            : $"the stored result is of {stored.Environment.Runtime}, this run of {head.Environment.Runtime}: their allocations do not compare";
        return
        [
            .. pairs.Select(pair => Connections(pair.Then, pair.Now!)),
            .. pairs.Select(pair => Allocations(pair.Then, pair.Now!, runtimes, calibration)).OfType<GateRow>(),
            .. stored.Ratios.Select(ratio => Advice(ratio, head)).OfType<GateRow>(),
        ];
    }

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
