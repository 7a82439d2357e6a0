using System.Runtime;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Connections;

/// <summary>
/// Counts, at both ends, what happens between <see cref="Begin"/> and <see cref="End"/>. Looking at this process's own
/// counters disturbs the caches: calls that warm them again may follow, which <see cref="LedIn"/> takes off.
/// </summary>
/// <param name="target">Whom the requests go to.</param>
/// <param name="client">This process's counts.</param>
/// <param name="server">The other end's counts; null for a real target.</param>
/// <param name="allFull">Whether the client never offers a session, so that every handshake is known to be full.</param>
internal sealed class CountsRecorder(Target target, ClientConnections client, ServerControl? server, bool allFull)
{
    private Counts? _serverBefore;
    private string? _serverLedIn;
    private Counts _clientBefore = new();
    private long _handshakesBefore;

    /// <summary>How many calls each connection had carried that ended during the count; empty where requests are not listened to.</summary>
    public IReadOnlyList<int> Ended { get; private set; } = [];

    /// <summary>Starts the count.</summary>
    public void Begin()
    {
        _serverLedIn = null;
        client.TakeEnded(); // those of whoever was before
        _serverBefore = server?.Mark(target.Id);
        var kernel = KernelConnections.Opened();
        _clientBefore = client.Read() with { KernelOpened = kernel };
        _handshakesBefore = client.Handshakes;
        StartProcess();
    }

    /// <summary>Starts the count over behind a lead-in of calls that are not timed. The line that the server answers is parsed at the end: the next call is timed.</summary>
    public void LedIn()
    {
        _serverLedIn = server?.Ask(target.Id);
        StartProcess();
    }

    /// <summary>Ends the count.</summary>
    /// <param name="requests">Requests that were answered as expected.</param>
    public Counts End(int requests)
    {
        var cpu = ProcessCpu.Microseconds; // before all that reading takes
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var compiled = JitInfo.GetCompiledMethodCount();
        var total = client.Read() with
        {
            ClientCpuMicroseconds = cpu,
            AllocatedBytes = allocated,
            CompiledMethods = compiled,
            Gen0Collections = GC.CollectionCount(0),
            Gen1Collections = GC.CollectionCount(1),
            Gen2Collections = GC.CollectionCount(2),
        };
        var seen = total with { KernelOpened = KernelConnections.Opened() } - _clientBefore;
        var serverNow = server?.Mark(target.Id);
        var ledIn = _serverLedIn is { } line ? CountsLine.Parse(line) : null;
        Ended = client.TakeEnded();
        return Joined(
            Without(Counts.Between(_serverBefore, ledIn), seen with { Requests = requests }),
            client.Handshakes - _handshakesBefore,
            Counts.Between(ledIn ?? _serverBefore, serverNow));
    }

    // What is read last is what the reading itself would add to: the copy of the record is allocated before.
    private void StartProcess() => _clientBefore = _clientBefore with
    {
        Gen0Collections = GC.CollectionCount(0),
        Gen1Collections = GC.CollectionCount(1),
        Gen2Collections = GC.CollectionCount(2),
        CompiledMethods = JitInfo.GetCompiledMethodCount(),
        AllocatedBytes = GC.GetTotalAllocatedBytes(precise: true),
        ClientCpuMicroseconds = ProcessCpu.Microseconds,
    };

    // This process's own totals span the lead-in: what the server saw of it is taken off, and bytes by their share.
    private static Counts Without(Counts? leadIn, Counts seen) => leadIn is null ? seen : seen with
    {
        Opened = seen.Opened - leadIn.Accepted,
        KernelOpened = seen.KernelOpened - leadIn.Accepted,
        WireBytes = seen.Requests == 0 ? seen.WireBytes : seen.WireBytes * seen.Requests / (seen.Requests + leadIn.Requests),
    };

    // The server knows better what carried the requests and which handshakes were full.
    private Counts Joined(Counts here, long handshakes, Counts? there) => here with
    {
        Accepted = there?.Accepted,
        ServerCpuMicroseconds = there?.ServerCpuMicroseconds,
        Carrying = there?.Carrying ?? here.Carrying,
        FullHandshakes = there?.FullHandshakes ?? Known(handshakes, handshakes),
        ResumedHandshakes = there?.ResumedHandshakes ?? Known(handshakes, 0),
        KernelOpened = target.IsQuic ? null : here.KernelOpened, // the kernel knows nothing of QUIC
    };

    // Where nobody counts at the other end: without a handshake there is nothing to tell apart.
    private long? Known(long handshakes, long ifAllFull) => handshakes == 0 ? 0 : allFull ? ifAllFull : null;
}
