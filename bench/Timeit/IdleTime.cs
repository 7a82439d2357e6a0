using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>How long a client may wait for its next turn, so that neither end gives its connection up meanwhile.</summary>
internal sealed class IdleTime
{
    // Common servers announce 5 s and more, of which .NET keeps 4; what is not announced is not known.
    private const double Usual = 4;

    // .NET keeps one second clear of what is announced (HttpConnection.ParseKeepAliveHeader).
    private const int Clearance = 1;

    private int? _announced;

    /// <summary>Seconds in which clients come round again. Well below any second that .NET keeps.</summary>
    public double SecondsOfARound => Kept / 8;

    /// <summary>Where one call of each client takes longer than so many seconds, they go in groups.</summary>
    public double MostSecondsOfARound => Kept / 2;

    // Nobody keeps a connection for a second that is announced: then there is nothing to keep clear of.
    private double Kept => _announced is > Clearance and var seconds ? Math.Min(Usual, seconds - Clearance) : Usual;

    /// <summary>Takes in what a server announced.</summary>
    public void Learn(CountedBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        _announced = block.KeepAliveSeconds ?? _announced;
    }
}
