using System.Net;
using ConnectionReuse.Connections;
using ConnectionReuse.Links;

namespace ConnectionReuse.Servers;

/// <summary>A local target behind a <see cref="Relay"/>; its counter still counts what the target sees.</summary>
internal sealed class RelayedServer(ILocalServer server, Link link, PreciseTimer timer) : ILocalServer
{
    private readonly Relay _relay = Relay.Start(link, new IPEndPoint(IPAddress.Loopback, server.Uri.Port), timer);

    /// <inheritdoc/>
    public string TargetId => server.TargetId;

    /// <inheritdoc/>
    public Uri Uri => new UriBuilder(server.Uri) { Port = _relay.Port }.Uri;

    /// <inheritdoc/>
    public ServerConnectionCounter Counter => server.Counter;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await server.DisposeAsync();
    }
}
