using ConnectionReuse.Reporting.Rows;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>Why connections were not reused, in a sentence for each cause: what stands on top of a comparison's rows.</summary>
internal static class VerdictLines
{
    public static IEnumerable<string> Of(RowGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Rows
            .Where(row => row.Verdict is { IsReused: false })
            .GroupBy(row => row.Verdict!.Sentence)
            .Select(rows => $"{string.Join(", ", rows.Select(row => row.Client))}: {rows.Key}");
    }
}
