using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>What charts and reports call things, and figures that never stand without their interval.</summary>
internal static class ChartText
{
    /// <summary>A comparison's name: a local target's port is another one in every run.</summary>
    public static string Name(RowGroup group)
    {
        var name = TargetIds.Served.Contains(group.Target) ? group.Target : $"{group.Target} {group.Url}";
        return name + ParameterText.Suffix(group.Parameters with { Class = null, Link = group.Parameters.Class is null ? group.Parameters.Link : null });
    }

    /// <summary>The ratios of a comparison in which a client that opens connections is the slow one, held against reuse.</summary>
    public static IEnumerable<ResultRatio> Reuse(RowGroup group, string slow, IEnumerable<ResultRatio> ratios) =>
        ratios.Where(ratio => ratio.Slow == slow && group.Has(ratio) && ratio.Kind == RatioKind.Reuse);

    /// <summary>A row's time per call in milliseconds; null without a time.</summary>
    public static (double Value, double? Low, double? High)? MillisecondsPerCall(ResultRow row)
    {
        var scale = 1000.0 / row.Requests;
        return row.HasTimes() && row.Median is > 0 ? (row.Median.Value * scale, row.Low * scale, row.High * scale) : null;
    }

    /// <summary>Such as <c>1.04 ms (1.00-1.07)</c>.</summary>
    public static string Milliseconds(ResultRow row) => MillisecondsPerCall(row) is not { } time ? Why(row) : Milliseconds(time);

    /// <summary>Such as <c>1.04 ms (1.00-1.07)</c>.</summary>
    public static string Milliseconds((double Value, double? Low, double? High) time)
    {
        var decimals = Figure.Decimals(time.Value, time.Low, time.High);
        var text = $"{Figure.Text(time.Value, decimals)} ms";
        return time is { Low: { } low, High: { } high } ? $"{text} ({Figure.Text(low, decimals)}-{Figure.Text(high, decimals)})" : text;
    }

    /// <summary>Why a row has no time.</summary>
    public static string Why(ResultRow row) => row.Reason is null ? row.Status.Words() : $"{row.Status.Words()}: {row.Reason}";

    /// <summary>Whether a row's client reuses its connection: as its pattern declares, or, of another tool, as was counted.</summary>
    public static bool Reuses(ResultRow row) =>
        row.Declared.Tool is null ? row.Declared.Reuses : row.PerIteration(counts => counts.Carrying) is { } connections && 2 * connections <= row.Requests;

    /// <summary>The row of the same comparison that is the floor of another; null where there is none with a time.</summary>
    public static ResultRow? FloorOf(ResultRow row, RowGroup group) =>
        group.Rows.FirstOrDefault(floor => floor.HasTimes() && row.Declared.Floor == floor.Client);

    /// <summary>A text of at most so many letters.</summary>
    public static string Short(string text, int letters) => text.Length <= letters ? text : text[..(letters - 3)] + "...";

    /// <summary>A text in one line of at most so many letters, or in two, broken at a space; only the second is ever cut.</summary>
    public static IReadOnlyList<string> Lines(string text, int letters)
    {
        var space = text.Length <= letters ? -1 : text.LastIndexOf(' ', letters);
        return space < 0 ? [Short(text, letters)] : [text[..space], Short(text[(space + 1)..], letters)];
    }

    /// <summary>A part of a file's name.</summary>
    public static string Slug(string text) =>
        string.Join('-', new string([.. text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
