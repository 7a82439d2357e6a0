using System.Runtime;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Connections;

/// <summary>Counts, at both ends, what happens between <see cref="Begin"/> and <see cref="End"/>.</summary>
/// <param name="target">Whom the requests go to.</param>
/// <param name="client">This process's counts.</param>
/// <param name="server">The other end's counts; null for a real target.</param>
/// <param name="allFull">Whether the client never offers a session, so that every handshake is known to be full.</param>
public sealed class ProofRecorder(Target target, ClientConnections client, ServerControl? server, bool allFull)
{
    private ServerCounts? _serverBefore;
    private ClientCounts _clientBefore = new(0, 0, null, 0);
    private long? _kernelBefore;
    private long _allocatedBefore;
    private long _compiledBefore;

    /// <summary>Starts the count.</summary>
    public void Begin()
    {
        _serverBefore = server?.Mark(target.Id);
        _kernelBefore = KernelConnections.ActiveOpens();
        _clientBefore = client.Counts();
        _compiledBefore = JitInfo.GetCompiledMethodCount();
        _allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
    }

    /// <summary>Ends the count.</summary>
    /// <param name="requests">Requests that were answered as expected.</param>
    public IterationProof End(int requests)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - _allocatedBefore;
        var compiled = JitInfo.GetCompiledMethodCount() - _compiledBefore;
        var now = client.Counts();
        var kernel = KernelConnections.ActiveOpens() - _kernelBefore;
        var there = server?.Mark(target.Id);
        var handshakes = now.Handshakes - _clientBefore.Handshakes;
        return new IterationProof
        {
            Requests = requests,
            ClientOpened = now.Opened - _clientBefore.Opened,
            ServerOpened = there?.ConnectionsOpened - _serverBefore?.ConnectionsOpened,
            Carrying = there?.ConnectionsUsed ?? now.Carrying,
            ClientHandshakes = handshakes,
            FullHandshakes = there?.FullHandshakes - _serverBefore?.FullHandshakes ?? Known(handshakes, handshakes),
            ResumedHandshakes = there?.ResumedHandshakes - _serverBefore?.ResumedHandshakes ?? Known(handshakes, 0),
            AllocatedBytes = allocated,
            CompiledMethods = compiled,
            WireBytes = now.Bytes - _clientBefore.Bytes,
            KernelOpened = target.IsQuic ? null : kernel, // the kernel knows nothing of QUIC
        };
    }

    // Where nobody counts at the other end: without a handshake there is nothing to tell apart.
    private long? Known(long handshakes, long ifAllFull) => handshakes == 0 ? 0 : allFull ? ifAllFull : null;
}
