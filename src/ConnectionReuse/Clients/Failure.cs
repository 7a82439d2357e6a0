using System.Net.Sockets;
using System.Security.Authentication;
using ConnectionReuse.Results;

namespace ConnectionReuse.Clients;

/// <summary>Failed calls in words: what happened, in one line.</summary>
internal static class Failure
{
    private const long ProtocolError = 0x1; // RFC 9113, 7
    private const long Http11Required = 0xd; // RFC 9113, 7
    private const string NoHttp2Connection = "did not complete the HTTP/2 handshake"; // .NET's words where the connection ended before its first request
    private const string CertificateRequired = "alert certificate required"; // OpenSSL's words for alert 116 of RFC 8446

    /// <summary>Whether an exception says that a call failed, rather than that the program is wrong.</summary>
    public static bool IsOfACall(Exception exception) =>
        exception is ExchangeException or HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException;

    /// <summary>The reason in one line, by what lies at the bottom of the exception.</summary>
    public static string Describe(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var causes = Causes(exception).ToArray();
        var socket = causes.OfType<SocketException>().FirstOrDefault();
        return PlainText.OneLine(exception switch
        {
            ExchangeException => exception.Message, // with the status text or the location that a server chose
            HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError } => "the server does not speak the HTTP version that was insisted on",
            _ when causes.OfType<HttpProtocolException>().Any(cause => cause.ErrorCode == Http11Required) => "the server speaks HTTP/1.1, and no HTTP/2 without TLS",
            _ when causes.OfType<HttpProtocolException>().Any(cause => cause.ErrorCode == ProtocolError) => "HTTP/2 was not understood (PROTOCOL_ERROR): the server may speak HTTP/1.1 only",
            _ when causes.Any(cause => cause.Message.Contains(NoHttp2Connection, StringComparison.Ordinal)) => "HTTP/2 was not understood: the server may speak HTTP/1.1 only",
            _ when causes.OfType<TimeoutException>().Any() || exception is OperationCanceledException => "no answer in time",
            _ when socket is { SocketErrorCode: SocketError.TimedOut } => "no answer in time",
            _ when socket is { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "the name is not known",
            _ when socket is { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
            _ when socket is { SocketErrorCode: SocketError.ConnectionReset } => "connection reset",
            _ when socket is { SocketErrorCode: SocketError.AddressNotAvailable } => "this machine has no free port, or no address, to call from",
            _ when socket is not null => Sentence(socket.Message),
            _ when causes.Any(cause => cause.Message.Contains(CertificateRequired, StringComparison.OrdinalIgnoreCase)) => "TLS: the server demands a client certificate (--cert FILE)",
            _ when causes.OfType<AuthenticationException>().FirstOrDefault() is { } tls => $"TLS: {Sentence(tls.Message)}",
            _ => Sentence(causes[^1].Message),
        });
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static string Sentence(string message) => message.Trim().TrimEnd('.');
}
