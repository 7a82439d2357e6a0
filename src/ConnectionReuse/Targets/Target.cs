using System.Net;
using System.Security.Authentication;
using ConnectionReuse.Results;

namespace ConnectionReuse.Targets;

/// <summary>What answers the requests.</summary>
/// <param name="Id">One of <see cref="TargetIds"/>.</param>
/// <param name="Uri">The absolute http or https URL that is requested.</param>
public sealed record Target(string Id, Uri Uri)
{
    /// <summary>Bytes that every response body must have; null where the server decides (real targets).</summary>
    public long? ExpectedLength { get; init; }

    /// <summary>The certificate authority of the run; null to trust what the machine trusts.</summary>
    public TrustedRoot? Trust { get; init; }

    /// <summary>The User-Agent of each request; null sends none, as HttpClient does by default.</summary>
    public string? UserAgent { get; init; }

    /// <summary>What each call is, where the target is a URL of the user's; null where the suite decides.</summary>
    public OwnRequest? Request { get; init; } = Id == TargetIds.Real ? OwnRequest.Plain : null;

    /// <summary>How long one request may take, connecting included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The only TLS version to offer; null to let both ends agree.</summary>
    public SslProtocols? TlsVersion { get; init; }

    /// <summary>The HTTP version to insist on; null for HTTP/1.1, as HttpClient does by default.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>Whether a client may open a second HTTP/2 connection when the streams of the first are used up.</summary>
    public bool MultipleHttp2Connections { get; init; }

    /// <summary>The body that each request sends by POST; null to GET.</summary>
    public ReadOnlyMemory<byte>? Upload { get; init; }

    /// <summary>Whether each request carries <c>Connection: close</c>: a fault injected to see that the run notices.</summary>
    public bool AskToClose { get; init; }

    /// <summary>Called when a pattern makes itself a new client; lets the connection log number by client.</summary>
    public Action? ClientCreated { get; init; }

    /// <summary>Called with each handler that a pattern makes itself, before its first call; lets a diagnosis watch its connections.</summary>
    public Action<SocketsHttpHandler>? HandlerMade { get; init; }

    /// <summary>Called with the seconds of each <c>Keep-Alive: timeout=</c> that a URL of the user's answers with.</summary>
    public Action<int>? KeepAliveAnnounced { get; init; }

    /// <summary>Whether every status is an answer: a diagnosis looks at connections.</summary>
    public bool AnyStatus { get; init; }

    /// <summary>Whether connections to this target carry TLS.</summary>
    public bool IsTls => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>Whether connections to this target are QUIC's.</summary>
    public bool IsQuic => HttpVersion is { Major: 3 };

    /// <summary>Whether the run's own servers answer, so that both ends can be counted.</summary>
    public bool IsLocal => Id != TargetIds.Real;

    /// <summary>The first address that is connected to, resolved now: of the target's host, or of the proxy before it.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known.</exception>
    public IPEndPoint EndPoint()
    {
        var connected = Request?.Proxy?.For(Uri) ?? Uri;
        return new(Request?.AddressOf(connected.Host, connected.Port) is { } address ? IPAddress.Parse(address) : Dns.GetHostAddresses(connected.Host)[0], connected.Port);
    }
}
