using System.Net;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>The limit on this machine: the same exchanges over bare sockets, with the request's bytes written by hand.</summary>
internal sealed class BareSockets(Target target) : IDisposable
{
    private readonly byte[] _request = FloorConnection.Request(target);
    private readonly IPEndPoint _endPoint = target.EndPoint();
    private FloorConnection? _shared;

    /// <summary>Opens a connection for each request.</summary>
    /// <returns>The HTTP version of the request's bytes.</returns>
    public Version Fresh(TimedRequests requests, bool allowTlsResume)
    {
        foreach (var _ in requests)
        {
            using var connection = FloorConnection.Open(target, _endPoint, allowTlsResume);
            connection.Exchange(_request);
        }

        return HttpVersion.Version11;
    }

    /// <summary>Makes every request over one connection.</summary>
    /// <returns>The HTTP version of the request's bytes.</returns>
    public Version Shared(TimedRequests requests)
    {
        foreach (var _ in requests)
        {
            _shared ??= FloorConnection.Open(target, _endPoint, allowTlsResume: true);
            _shared.Exchange(_request);
        }

        return HttpVersion.Version11;
    }

    public void Dispose() => _shared?.Dispose();
}
