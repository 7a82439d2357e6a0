using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>Two rows of one comparison whose ratio says something.</summary>
/// <param name="Slow">The numerator.</param>
/// <param name="Fast">The denominator.</param>
/// <param name="Kind">What the slow one is held against.</param>
internal sealed record RowPair(ResultRow Slow, ResultRow Fast, RatioKind Kind)
{
    /// <summary>
    /// The pairs among the rows that have times: each against reuse, where there was any, and each against its floor, as they declare.
    /// </summary>
    public static IEnumerable<RowPair> Of(RowGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var timed = group.Rows.Where(row => row.HasTimes()).ToArray();
        return
            from slow in timed
            from fast in timed
            where (fast.Client == slow.Declared.Reference && !fast.ReusedNothing) || fast.Client == slow.Declared.Floor
            select new RowPair(slow, fast, fast.Client == slow.Declared.Floor ? RatioKind.Floor : RatioKind.Reuse);
    }
}
