using ConnectionReuse.Connections;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>A block of calls that is made in pieces, between those of other clients.</summary>
/// <param name="row">Whose calls.</param>
/// <param name="begun">What was told when it began.</param>
internal sealed class CutBlock(StationRow row, TimeitEvent begun)
{
    private readonly List<CountedBlock> _pieces = [];
    private int _renewed;
    private int? _cap;

    /// <summary>Whose calls.</summary>
    public StationRow Row => row;

    /// <summary>What was told when it began.</summary>
    public TimeitEvent Begun => begun;

    /// <summary>What a call took last.</summary>
    public double SecondsPerCall { get; set; }

    /// <summary>Its connection had carried what the server allows, and was opened again, untimed.</summary>
    /// <param name="cap">What the server allows.</param>
    public void Renewed(int cap)
    {
        _cap = cap;
        _renewed += _pieces.Count > 0 ? 1 : 0; // before its first piece it is the only one
    }

    /// <summary>Takes a piece in.</summary>
    public void Add(CountedBlock piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        _pieces.Add(piece);
        SecondsPerCall = piece.Seconds / piece.Counts.Requests;
    }

    /// <summary>The whole block, as if nobody had been in between.</summary>
    /// <param name="targetId">The target's id.</param>
    public TimeitEvent Ended(string targetId) => begun with
    {
        Seconds = _pieces.Sum(piece => piece.Seconds),
        Cap = _cap,
        Report = new LaunchReport
        {
            Target = targetId,
            Client = row.Client,
            Iterations =
            [
                new CountedIteration(Counts())
                {
                    CallSeconds = [.. _pieces.SelectMany(piece => piece.CallSeconds)],
                    Ended = _pieces.All(piece => piece.Ended is null) ? null : [.. _pieces.SelectMany(piece => piece.Ended ?? [])],
                },
            ],
            HttpVersion = _pieces[^1].HttpVersion,
            TlsProtocol = _pieces[^1].TlsProtocol,
        },
    };

    // A connection that was open before a piece has been counted with the piece before it.
    private Counts Counts() => _pieces.Select(piece => piece.Counts).Aggregate((sum, piece) => sum + piece) with
    {
        Carrying = _pieces[0].Counts.Carrying + _renewed + _pieces.Skip(1).Sum(piece => piece.Counts.Carrying is null || piece.Counts.Opened is null ? null : (long?)Math.Min(piece.Counts.Carrying.Value, piece.Counts.Opened.Value)),
    };
}
