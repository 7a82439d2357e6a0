namespace ConnectionReuse.Tests.Reporting;

/// <summary>A fleet event by event, on a clock of its own: what the model's arithmetic is held against.</summary>
internal static class FleetSimulation
{
    /// <summary>Connections that come evenly, each with a port that is free, and give it back after life and TIME_WAIT.</summary>
    /// <param name="ports">Ports that there are.</param>
    /// <param name="connections">How many come.</param>
    /// <param name="perSecond">How many of them in a second.</param>
    /// <param name="heldMilliseconds">How long each keeps its port; whole numbers, so that no rounding decides.</param>
    /// <returns>The first that found no port, from 1, null where none did; and the most ports in use at once.</returns>
    public static (int? FirstFailure, int Most) Ports(int ports, int connections, long perSecond, long heldMilliseconds)
    {
        const long Milliseconds = 1000;
        var free = ports;
        var most = 0;
        var returns = new Queue<long>();
        for (var connection = 0; connection < connections; connection++)
        {
            var now = connection * Milliseconds; // in units that perSecond of make a millisecond
            while (returns.TryPeek(out var due) && due <= now)
            {
                returns.Dequeue();
                free++;
            }

            if (free == 0)
            {
                return (connection + 1, most);
            }

            free--;
            returns.Enqueue(now + (heldMilliseconds * perSecond));
            most = Math.Max(most, returns.Count);
        }

        return (null, most);
    }

    /// <summary>Handshakes that come evenly and wait in line for one of some cores.</summary>
    /// <returns>How long the last of them waited, in units of a thousandth of the time between two.</returns>
    public static long LastWait(int cores, int handshakes, long work)
    {
        const long Between = 1000;
        var idleAt = new PriorityQueue<int, long>(Enumerable.Range(0, cores).Select(core => (core, 0L)));
        var wait = 0L;
        for (var handshake = 0; handshake < handshakes; handshake++)
        {
            var now = handshake * Between;
            idleAt.TryDequeue(out var core, out var at);
            wait = Math.Max(0, at - now);
            idleAt.Enqueue(core, now + wait + work);
        }

        return wait;
    }
}
