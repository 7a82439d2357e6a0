using ConnectionReuse.Turns;

namespace ConnectionReuse.Measuring;

/// <summary>
/// Keeps this process off the core of the clients while they are timed: threads inherit their core from the one that
/// starts them, and some are started while a client is.
/// </summary>
internal sealed class DriverCores
{
    private readonly byte[]? _all = Placement.Cores();

    /// <summary>Every core that this process may use; null where it cannot choose.</summary>
    public byte[]? All => _all;

    /// <summary>Starts something on the last core, the one of server and clients.</summary>
    public T OnLast<T>(Func<T> start)
    {
        ArgumentNullException.ThrowIfNull(start);
        Placement.Spread(_all);
        T started;
        using (Placement.PinChildren())
        {
            started = start();
        }

        Placement.Spread(Placement.WithoutLast(_all));
        return started;
    }

    /// <summary>Lets this process run on every core again.</summary>
    public void Release() => Placement.Spread(_all);
}
