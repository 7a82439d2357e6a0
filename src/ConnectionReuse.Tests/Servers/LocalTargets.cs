using ConnectionReuse.Connections;
using ConnectionReuse.Links;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

/// <summary>All local targets, running in this process, with the connection that asks for their counts.</summary>
public sealed class LocalTargets : IAsyncLifetime
{
    private LocalServers? _servers;
    private ControlListener? _listener;
    private ServerControl? _control;

    internal ServerControl Control => _control!;

    public static TheoryData<string> Ids => [.. TargetIds.Local];

    public async ValueTask InitializeAsync()
    {
        _servers = await LocalServers.StartAsync(LocalServers.Available, breakHalf: false, LinkOptions.None, TimeProvider.System, CancellationToken.None);
        _listener = new ControlListener(_servers);
        _control = ServerControl.To(ControlAddress.OnLoopback(_listener.Port));
    }

    public ServerReady Ready => _servers!.Ready(_listener!.Port);

    public Target Target(string id) => Ready.Target(id);

    public async ValueTask DisposeAsync()
    {
        _control?.Dispose();
        await (_listener?.DisposeAsync() ?? default);
        await (_servers?.DisposeAsync() ?? default);
    }
}
