using System.Globalization;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.SideBySide;

/// <summary>What stands below two results side by side: where counts differ, what has no figure and why, and how to read the rest.</summary>
internal static class SideBySideNotes
{
    private static readonly string HowMany = string.Create(CultureInfo.InvariantCulture, $"ms: of a call; opened, TLS handshakes (full, which send a certificate, before the slash, resumed ones behind it): of an iteration, {DocumentedFigures.Calls} requests unless its target says another number; A's, then B's, where they differ");

    /// <summary>The notes.</summary>
    public static IEnumerable<string> Of(ResultComparison comparison) =>
    [
        HowMany, .. Counts(comparison), .. comparison.OnlyA.Select(row => $"only in A: {row}"), .. comparison.OnlyB.Select(row => $"only in B: {row}"),
        .. Reasons(comparison), .. Verdict(comparison), .. HowToRead(comparison),
    ];

    /// <summary>Whether rows are slower than they may be; nothing where none was to fail.</summary>
    public static IEnumerable<string> Verdict(ResultComparison comparison)
    {
        if (comparison.FailAbove is not { } share)
        {
            yield break;
        }

        var percent = (100 * share).ToString("0.##", CultureInfo.InvariantCulture);
        var failing = ResultComparer.Failing(comparison);
        var judged = comparison.Rows.Count(row => row.Low is not null);
        yield return failing.Count == 0
            ? $"no row is slower by more than {percent}% beyond doubt, of {Rows(judged)} with an interval"
            : $"slower by more than {percent}%: {string.Join(", ", failing.Select(row => $"{SideBySideTable.Name(row)} {SideBySideTable.Ratio(row)}"))}";
    }

    private static string[] Counts(ResultComparison comparison)
    {
        var found =
            from row in comparison.Rows
            from count in row.Counts
            where count.Differs
            select $"{SideBySideTable.Name(row)}: {count.Name} per iteration {Figure.Count(count.A!.Value)} in A, {Figure.Count(count.B!.Value)} in B";
        var different = found.ToArray();
        return different.Length > 0 ? different : ["connections and handshakes are the same wherever both were counted"];
    }

    private static IEnumerable<string> Reasons(ResultComparison comparison) => comparison.Rows
        .Where(row => row.Reason is not null)
        .GroupBy(row => row.Reason)
        .Select(rows => $"{string.Join(", ", rows.Select(SideBySideTable.Name))}: {rows.Key}");

    private static IEnumerable<string> HowToRead(ResultComparison comparison)
    {
        var intervals = comparison.Rows.Count(row => row.Low is not null);
        if (intervals == 0)
        {
            yield break;
        }

        var percent = Figure.Text(100 * comparison.Confidence, 0);
        yield return $"B/A: B's time over A's, the ratio of the geometric means over their rounds, with Welch's {percent}% t interval over the logarithms of the rounds' medians; the rounds of A and of B are independent";
        yield return $"{RatioText.Undecided}: the interval holds 1, so these rounds cannot tell which is faster";
        yield return $"one in {Figure.Text(1 / (1 - comparison.Confidence), 0)} such intervals misses by chance, here about {Figure.Text((1 - comparison.Confidence) * intervals, 1)} of {Rows(intervals)}; and an interval is about these two runs: what the machine did from one run to the next is in the ratio too (results/precision/README.md says how much), so measure both again before you believe a small difference";
        if (!comparison.SameMachine)
        {
            yield return "times of different machines: the ratio is the machines', not the code's";
        }
    }

    private static string Rows(int count) => count == 1 ? "1 row" : $"{count.ToString(CultureInfo.InvariantCulture)} rows";
}
