using System.Numerics;
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

        Placement.Spread(WithoutLast(_all));
        return started;
    }

    /// <summary>The cores without the last one; all of them where there is but one.</summary>
    public static byte[]? WithoutLast(byte[]? cores)
    {
        if (cores is null || cores.Sum(bits => BitOperations.PopCount(bits)) < 2)
        {
            return cores;
        }

        var rest = cores.ToArray();
        var last = Array.FindLastIndex(rest, bits => bits != 0);
        rest[last] &= (byte)~(1 << BitOperations.Log2(rest[last]));
        return rest;
    }
}
