using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Diagnosis;

/// <summary>Whether a server asks its clients for a certificate, and what follows where none is sent.</summary>
internal static class CertificateDemand
{
    // More than a handshake takes: a server that does not answer has not answered the calls either.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // What servers answer to a client without a certificate; 495 and 496 are nginx's own.
    private static readonly int[] Refusals = [400, 401, 403, 495, 496];

    /// <summary>
    /// Makes a handshake of its own, without a request: a handler that is asked for its certificate would resume no session, and so
    /// would not be the one that is diagnosed. What is asked for later in a connection is not seen.
    /// </summary>
    /// <param name="target">Whom the calls went to.</param>
    /// <param name="server">The address that they went to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it asks; null where there was no handshake.</returns>
    public static async Task<bool?> IsMadeAsync(Target target, IPEndPoint server, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(server);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        bool? asked = null;
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server, patience.Token);
            await using var tls = new SslStream(new NetworkStream(socket));
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = target.Uri.IdnHost,
                    EnabledSslProtocols = target.TlsVersion ?? SslProtocols.None,
                    CertificateChainPolicy = target.Trust?.ChainPolicy(),
                    ApplicationProtocols = [target.HttpVersion is { Major: 2 } ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11],
                    LocalCertificateSelectionCallback = (_, _, _, remote, _) =>
                    {
                        asked = asked == true || remote is not null; // asked beforehand for a guess, without the server's certificate
                        return null!;
                    },
                },
                patience.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // one that insists may end it here, after it has asked
        }

        return asked;
    }

    /// <summary>The verdict, where what ends each connection is that no certificate was sent.</summary>
    public static ReuseVerdict? Judged(ReuseVerdict? verdict, bool unmet, IEnumerable<int> statuses) =>
        verdict is { Cause: ReuseCause.ServerSaysClose or ReuseCause.ServerClosesUnannounced or ReuseCause.ServerResets } && unmet && statuses.All(Refusals.Contains)
            ? verdict with { Cause = ReuseCause.CertificateDemanded, Evidence = Words.Filled(), Remedy = Words.Remedy }
            : verdict;

    /// <summary>What a failure says besides.</summary>
    public static string? Told(string? failure, bool unmet) => failure is not null && unmet
        ? $"{failure}; the server asks for a client certificate, and none was sent: --cert FILE sends one"
        : failure;

    private static CauseText Words => CauseTexts.Of(ReuseCause.CertificateDemanded);
}
