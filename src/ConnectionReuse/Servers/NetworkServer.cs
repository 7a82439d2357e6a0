using ConnectionReuse.Connections;
using ConnectionReuse.Links;

namespace ConnectionReuse.Servers;

/// <summary>The local targets at one address of this machine, with a control that lets one client in at a time.</summary>
internal sealed class NetworkServer : IAsyncDisposable
{
    private readonly LocalServers _servers;
    private readonly ControlListener _control;
    private readonly IdleEnd? _idle;

    private NetworkServer(LocalServers servers, NetworkSetup setup, TimeProvider time)
    {
        var place = ServerPlace.Of(setup);
        _servers = servers;
        Ready = servers.Ready(setup.Port);
        Dialogue = new ServerDialogue(servers, Admit);
        var door = new ControlDoor(setup.Token, place.Peers, ControlProtocol.Commit, new NetworkReady(Ready, setup.Environment), time);
        _control = new ControlListener(new ServerDialogue(servers), place.Control, door);
        _idle = setup.IdleLimit is { } limit ? new IdleEnd(limit, time, () => door.Turns.Lasts, () => door.Turns.Given + servers.ByTarget.Values.Sum(server => server.Counter.Requests)) : null;
    }

    /// <summary>Where everything is.</summary>
    public ServerReady Ready { get; }

    /// <summary>What it answers to whoever has started it.</summary>
    public ServerDialogue Dialogue { get; }

    /// <summary>Starts everything.</summary>
    /// <exception cref="IOException">A target did not start.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The control's port is taken.</exception>
    public static async Task<NetworkServer> StartAsync(IReadOnlyList<string> targetIds, NetworkSetup setup, TimeProvider time, CancellationToken cancellationToken)
    {
        var servers = await LocalServers.StartAsync(targetIds, breakHalf: false, LinkOptions.None, time, cancellationToken, place: ServerPlace.Of(setup));
        try
        {
            return new NetworkServer(servers, setup, time);
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets clients in, once every path is warm: before that the control's port refuses connections.</summary>
    public void Admit() => _control.Open();

    /// <summary>Returns when nobody has used it for an hour; never where it does not end by itself.</summary>
    public Task IdleAsync(CancellationToken cancellationToken) => _idle?.WaitAsync(cancellationToken) ?? Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _servers.DisposeAsync();
    }
}
