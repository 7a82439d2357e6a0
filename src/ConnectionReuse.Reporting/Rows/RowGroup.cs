using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>The rows of one comparison: the same target, URL and parameters, told apart by client pattern.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Url">The target's URL.</param>
/// <param name="Parameters">What else tells comparisons apart.</param>
/// <param name="Rows">The rows, in the order of the file.</param>
internal sealed record RowGroup(string Target, string Url, RowParameters Parameters, IReadOnlyList<ResultRow> Rows)
{
    /// <summary>The comparisons among some rows, in the order in which each comes first.</summary>
    public static IReadOnlyList<RowGroup> Of(IEnumerable<ResultRow> rows) =>
        [.. rows.GroupBy(row => (row.Target, row.Url, row.Parameters)).Select(group =>
            new RowGroup(group.Key.Target, group.Key.Url, group.Key.Parameters, [.. group]))];

    /// <summary>The comparison with some of its rows.</summary>
    public RowGroup Where(Func<ResultRow, bool> wanted) => this with { Rows = [.. Rows.Where(wanted)] };

    /// <summary>Whether the ratio is one between rows of this comparison.</summary>
    public bool Has(ResultRatio ratio)
    {
        ArgumentNullException.ThrowIfNull(ratio);
        return ratio.Target == Target && ratio.Parameters == Parameters;
    }
}
