using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Watch;

/// <summary>Counts the TLS handshakes that an application began as a client, whatever speaks over them.</summary>
internal sealed class HandshakeTally
{
    private readonly Dictionary<Guid, string> _underWay = [];
    private readonly Dictionary<string, (int Succeeded, int Failed)> _hosts = [];

    /// <summary>A handshake begins.</summary>
    public void Begin(HandshakeStarted told) => _underWay[told.Handshake] = PlainText.OneLine(told.Host);

    /// <summary>A handshake ends; nothing where its beginning was not seen, or its failure already.</summary>
    public void End(HandshakeEnded told)
    {
        if (_underWay.Remove(told.Handshake, out var host))
        {
            var (succeeded, failed) = _hosts.GetValueOrDefault(host);
            _hosts[host] = told.Succeeded ? (succeeded + 1, failed) : (succeeded, failed + 1);
        }
    }

    /// <summary>The counts so far.</summary>
    public IReadOnlyList<HandshakeCounts> Counts() =>
        [.. _hosts.OrderBy(host => host.Key, StringComparer.Ordinal).Select(host => new HandshakeCounts(host.Key, host.Value.Succeeded, host.Value.Failed))];
}

/// <summary>TLS handshakes with one server.</summary>
/// <param name="Host">The server's name.</param>
/// <param name="Succeeded">Those that gave a session, full or resumed, which the events do not tell apart.</param>
/// <param name="Failed">Those that did not.</param>
internal sealed record HandshakeCounts(string Host, int Succeeded, int Failed);
