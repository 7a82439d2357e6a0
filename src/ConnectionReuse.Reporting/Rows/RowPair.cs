using ConnectionReuse.Clients;
using ConnectionReuse.Peers;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>Two rows of one comparison whose ratio says something.</summary>
/// <param name="Slow">The numerator.</param>
/// <param name="Fast">The denominator.</param>
public sealed record RowPair(ResultRow Slow, ResultRow Fast)
{
    /// <summary>The pairs among the rows that have times: each against reuse, and each against its floor.</summary>
    public static IEnumerable<RowPair> Of(RowGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var timed = group.Rows.Where(row => row.HasTimes()).ToArray();
        return
            from slow in timed
            from fast in timed
            where IsReuse(slow.Client, fast.Client) || IsFloor(slow.Client, fast.Client)
            select new RowPair(slow, fast);
    }

    /// <summary>Whether a pattern that opens connections is held against the one of its kind that reuses them.</summary>
    /// <param name="slow">The id of the pattern in the numerator.</param>
    /// <param name="fast">The id of the pattern in the denominator.</param>
    public static bool IsReuse(string slow, string fast) =>
        (ClientPatterns.All.TryGetValue(slow, out var opening) && opening.Reference == fast)
        || PeerTools.All.Any(tool => tool.Rows.Any(row => row.Id == slow && !row.Reuses) && tool.Rows.Any(row => row.Id == fast && row.Reuses));

    /// <summary>Whether a pattern is held against the same exchange over a bare socket.</summary>
    /// <param name="slow">The id of the pattern in the numerator.</param>
    /// <param name="fast">The id of the pattern in the denominator.</param>
    public static bool IsFloor(string slow, string fast) =>
        ClientPatterns.All.TryGetValue(slow, out var pattern) && pattern.Floor == fast;
}
