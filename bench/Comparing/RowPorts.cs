using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>Sees to it that the connections of a row's next launch find free ports.</summary>
internal sealed class RowPorts
{
    private readonly Dictionary<IPEndPoint, int> _free = [];

    /// <summary>Address and port of a row's target.</summary>
    public required Func<RowKey, IPEndPoint> Destination { get; init; }

    /// <summary>Address and port of the target that warms up the rows of a real one.</summary>
    public required Func<IPEndPoint> Control { get; init; }

    /// <summary>Connections that one launch of a row may open towards a local target, warm-up included.</summary>
    public required Func<RowKey, int> ConnectionsOfALaunch { get; init; }

    /// <summary>Connections that one launch of a row may open towards its real URL, where nothing is warmed up; null where a job decides.</summary>
    public required Func<RowKey, int?> CallsToReal { get; init; }

    /// <summary>Returns when so many ports are free towards a destination, for a row.</summary>
    public required Action<RowKey, IPEndPoint, int> Await { get; init; }

    /// <summary>The ports that are free towards a destination.</summary>
    public required Func<IPEndPoint, int> Free { get; init; }

    /// <summary>Waits until every row of a launch has the ports that it may spend, all of them together.</summary>
    /// <exception cref="ConnectionReuse.Ports.PortsExhaustedException">They do not come free in time.</exception>
    public void Ensure(IReadOnlyList<RowKey> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RowKey[] opening = [.. rows.Where(row => !row.Pattern.Reuses)];
        foreach (var local in opening.Where(row => row.TargetId != TargetIds.Real).GroupBy(Destination))
        {
            Spend(local.First(), local.Key, local.Sum(ConnectionsOfALaunch));
        }

        RowKey[] real = [.. opening.Where(row => row.TargetId == TargetIds.Real)];
        if (real.Length == 0)
        {
            return;
        }

        Spend(real[0], Control(), real.Sum(ConnectionsOfALaunch)); // which warms them up
        foreach (var row in real)
        {
            try
            {
                Spend(row, Destination(row), CallsToReal(row) ?? ConnectionsOfALaunch(row));
            }
            catch (SocketException)
            {
                // The name is not known any more: the row's own calls will tell.
            }
        }
    }

    // Looking through a kernel's sockets takes a while: what was free at the last look and is not spent yet is free.
    private void Spend(RowKey row, IPEndPoint destination, int connections)
    {
        if (_free.GetValueOrDefault(destination) < connections)
        {
            Await(row, destination, connections);
            _free[destination] = Free(destination);
        }

        _free[destination] -= connections;
    }
}
