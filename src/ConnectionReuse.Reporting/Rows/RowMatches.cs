using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>The rows of two results, matched: none is passed over in silence.</summary>
/// <param name="Pairs">Rows that both have, in the order of the first.</param>
/// <param name="OnlyFirst">Rows that the second lacks.</param>
/// <param name="OnlySecond">Rows that the first lacks.</param>
internal sealed record RowMatches(IReadOnlyList<(ResultRow First, ResultRow Second)> Pairs, IReadOnlyList<ResultRow> OnlyFirst, IReadOnlyList<ResultRow> OnlySecond)
{
    /// <summary>Matches rows by their identities.</summary>
    /// <param name="first">Rows of one result.</param>
    /// <param name="second">Rows of another one.</param>
    /// <param name="identity">What makes two rows the same row; of several in one result that are, the first counts.</param>
    public static RowMatches Of(IEnumerable<ResultRow> first, IEnumerable<ResultRow> second, Func<ResultRow, RowIdentity> identity)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (one, other) = (first.DistinctBy(identity).ToArray(), second.DistinctBy(identity).ToArray());
        var (ofOne, ofOther) = (one.ToDictionary(identity), other.ToDictionary(identity));
        return new RowMatches(
            [.. one.Where(row => ofOther.ContainsKey(identity(row))).Select(row => (row, ofOther[identity(row)]))],
            [.. one.Where(row => !ofOther.ContainsKey(identity(row)))],
            [.. other.Where(row => !ofOne.ContainsKey(identity(row)))]);
    }
}
