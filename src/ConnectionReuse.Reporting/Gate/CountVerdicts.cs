using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>Verdicts over counts: exact, so they block at once.</summary>
internal static class CountVerdicts
{
    /// <summary>Connections, handshakes and allocations of each row.</summary>
    /// <param name="rows">What was counted.</param>
    /// <param name="calibration">What is known of this kind of machine.</param>
    /// <param name="policy">What the project wants; null for nothing of its own.</param>
    public static IReadOnlyList<GateRow> Of(IReadOnlyList<RowCounts> rows, Calibration calibration, GatePolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(calibration);
        return [.. rows.Select(Connections), .. rows.Select(row => Allocations(row, calibration, (policy ?? GatePolicy.Default).Of(row.Name), GateRules.Alpha / rows.Count))];
    }

    /// <summary>What allocations may differ by, in bytes per request.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="bytes">What base allocates per request.</param>
    /// <param name="calibration">What is known of this kind of machine.</param>
    /// <param name="asked">The least difference that the project wants to count; null for the gate's own.</param>
    public static double AllocationThreshold(string row, double bytes, Calibration calibration, double? asked = null)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return Math.Max(asked ?? Math.Max(GateRules.LeastBytes, GateRules.LeastBytesShare * bytes), calibration.Bytes.GetValueOrDefault(row));
    }

    /// <summary>The verdict on a difference in allocated bytes per request.</summary>
    internal static GateRow Allocations(string name, double before, Interval difference, double threshold) => new()
    {
        Name = name,
        Measure = GateMeasure.Allocations,
        Verdict = difference.Value > threshold ? GateVerdict.Regression : difference.Value < -threshold ? GateVerdict.Improvement : GateVerdict.Ok,
        Reason = $"base allocates {Figure.Text(before, 0)} B per request, head {Figure.Text(before + difference.Value, 0)} B",
        Estimate = difference.Value,
        Low = difference.Low,
        High = difference.High,
        Threshold = threshold,
    };

    private static GateRow Connections(RowCounts row)
    {
        var head = row.Sets.Select(set => set.Head).ToArray();
        var wrong = head.Select(counts => Deviation(row.Target, row.Declared, counts)).FirstOrDefault(deviation => deviation is not null)
            ?? (head.Max(counts => counts.FullHandshakes) is var full && row.Sets.Max(set => set.Base.FullHandshakes) is var bound && full > bound
                ? $"{full} full handshakes where base has {bound}: TLS sessions are no longer resumed"
                : null);
        return new GateRow
        {
            Name = row.Name,
            Measure = GateMeasure.Connections,
            Verdict = wrong is null ? GateVerdict.Ok : GateVerdict.Regression,
            Reason = wrong ?? $"as declared: {Words(head[0].Carrying, head[0].Opened, head[0].Requests)}",
            Estimate = head.Max(counts => counts.Opened),
            Threshold = row.Declared.Expected?.Opened,
        };
    }

    /// <summary>What of a row's counts is not as its pattern declares; null where all is.</summary>
    internal static string? Deviation(string target, Declaration declared, Counts seen) => declared.Expected is not { } expected ? null
        : !expected.Holds(seen.Carrying, seen.Opened!.Value) ? $"expected {Words(expected.Carrying, expected.Opened, seen.Requests)}; seen {seen.Carrying} and {seen.Opened}"
        : seen.Accepted != seen.Opened ? $"the client opened {seen.Opened} connections, the server accepted {seen.Accepted}"
        : TargetIds.IsTls(target) && seen.FullHandshakes + seen.ResumedHandshakes != seen.Opened ? $"{seen.FullHandshakes} full and {seen.ResumedHandshakes} resumed handshakes for {seen.Opened} connections"
        : null;

    private static string Words(long? carrying, long? opened, long requests) =>
        $"{carrying} connection{(carrying == 1 ? "" : "s")} in use and {opened} opened for {requests} requests";

    private static GateRow Allocations(RowCounts row, Calibration calibration, RowPolicy policy, double chance)
    {
        var before = Samples.Median(row.Sets.Select(set => BytesPerRequest(set.Base)));
        double[] differences = [.. row.Sets.Select(set => BytesPerRequest(set.Head) - BytesPerRequest(set.Base))];
        var difference = HodgesLehmann.Interval(differences, LogInterval.Confidence)
            ?? new Interval(HodgesLehmann.Of(differences), differences.Min(), differences.Max(), LogInterval.Confidence);
        double[] equal = [.. row.Sets.Select(set => BytesPerRequest(set.Control) - BytesPerRequest(set.Base))];
        var threshold = Math.Max(AllocationThreshold(row.Name, before, calibration, policy.BytesPerRequest), EqualProcesses.Bound(equal, chance));
        var verdict = Allocations(row.Name, before, difference, threshold);
        return row.Sets.Count >= EqualProcesses.LeastSets || verdict.Verdict == GateVerdict.Ok ? verdict : verdict with
        {
            Reason = $"advice: {verdict.Reason}; {EqualProcesses.LeastSets} sets show what equal processes differ by, {row.Sets.Count} cannot",
            Decides = false,
        };
    }

    private static double BytesPerRequest(Counts counts) => (double)counts.AllocatedBytes!.Value / counts.Requests;
}
