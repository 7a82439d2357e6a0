using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>
/// After how many requests a server closes a connection, as its clients come to know it, and how many each connection has carried.
/// Who knows that can open the next connection while nothing is timed. A small cap is left alone: there the opening is a part of
/// what a reused call costs.
/// </summary>
internal sealed class RequestCap
{
    // An opening in so many calls is 2 % of them.
    private const int Least = 50;

    /// <summary>Calls that it takes to have a new connection, at most: the first of them may be the last of the old one.</summary>
    public const int CallsToRenew = 2;

    // Before the first call of a block, one has opened the connection.
    private const int Opening = 1;

    private readonly Dictionary<(int Set, StationRow Row), int> _carried = [];

    /// <summary>The cap; null where none was met.</summary>
    public int? Known { get; private set; }

    /// <summary>What so many calls of a client need at most of untimed ones, to keep clear of a cap.</summary>
    public static int MostCallsToRenew(int calls) => CallsToRenew * (calls / (Least - CallsToRenew));

    /// <summary>Calls that the connection of a client has left: none where it must be opened first, as many as anybody likes where there is no cap.</summary>
    public int LeftOf(int set, StationRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var carried = _carried.GetValueOrDefault((set, row), Opening);
        return Known is not { } cap || cap < Least || !row.Pattern.Reuses ? int.MaxValue : carried == 0 ? 0 : Math.Max(0, cap - carried);
    }

    /// <summary>Takes in what became of the connection of a client.</summary>
    public void Learn(int set, StationRow row, CountedBlock piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        var ended = piece.Ended ?? [];
        var carried = _carried.GetValueOrDefault((set, row), Opening) + (int)piece.Counts.Requests;
        if (ended.Count == 0)
        {
            _carried[(set, row)] = carried;
            return;
        }

        // Where the first connection was opened before anybody counted, it has carried one more than is known.
        Known = Math.Max(Known ?? 0, ended.Max());
        _carried[(set, row)] = piece.Counts.Opened < ended.Count ? 0 : Math.Max(Opening, Math.Min(carried - ended.Sum(), (int)piece.Counts.Requests));
    }

    /// <summary>What was taken for a cap was none.</summary>
    public void Forget() => Known = null;
}
