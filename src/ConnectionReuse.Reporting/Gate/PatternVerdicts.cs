using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>Verdicts over every client pattern of head: each that deviates has a row, and the others share one.</summary>
internal static class PatternVerdicts
{
    /// <summary>The name of the row that the others share.</summary>
    public const string Others = "every client pattern";

    /// <summary>Its name where only clients are counted that base lacks.</summary>
    public const string NewInHead = "clients that base lacks";

    /// <summary>The rows.</summary>
    /// <param name="patterns">What was counted; empty where head could not be asked.</param>
    /// <param name="others">The name of the row that those share which are as declared.</param>
    public static IReadOnlyList<GateRow> Of(IReadOnlyList<PatternCounts> patterns, string others = Others)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var judged = patterns.Select(pattern => (Pattern: pattern, Wrong: Deviation(pattern))).ToArray();
        var right = judged.Where(row => row.Wrong is null).Select(row => row.Pattern).ToArray();
        return
        [
            .. judged.Where(row => row.Wrong is not null).Select(row => new GateRow
            {
                Name = row.Pattern.Name,
                Measure = GateMeasure.Connections,
                Verdict = GateVerdict.Regression,
                Reason = row.Wrong!,
                Estimate = row.Pattern.Seen?.Opened,
                Threshold = row.Pattern.Seen is null ? null : row.Pattern.Declared.Expected?.Opened,
            }),
            new GateRow
            {
                Name = others,
                Measure = GateMeasure.Connections,
                Verdict = patterns.Count == 0 ? GateVerdict.Inconclusive : GateVerdict.Ok,
                Reason = patterns.Count == 0
                    ? "head is older than this count"
                    : $"{right.Length} of {patterns.Count} rows as declared, of {patterns.Select(pattern => pattern.Client).Distinct().Count()} clients",
                Decides = patterns.Count > 0,
            },
        ];
    }

    private static string? Deviation(PatternCounts row) => row.Seen is not { } seen
        ? $"its calls fail: {row.Failure}"
        : CountVerdicts.Deviation(row.Target, row.Declared, seen) ?? Handshakes(row.Declared, seen);

    // A reusing pattern shakes hands before it is counted. Of others the first connection is not counted either, and the next ones resume its session.
    private static string? Handshakes(Declaration declared, Counts seen) =>
        declared.Reuses ? null
        : declared.OpensFullHandshakes && seen.ResumedHandshakes > 0 ? $"{seen.ResumedHandshakes} resumed handshakes, declared are full ones"
        : !declared.OpensFullHandshakes && seen.FullHandshakes > 0 ? $"{seen.FullHandshakes} full handshakes, declared are resumed ones"
        : null;
}
