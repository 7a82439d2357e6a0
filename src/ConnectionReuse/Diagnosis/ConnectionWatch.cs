using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ConnectionReuse.Clients;
using ConnectionReuse.Phases;

namespace ConnectionReuse.Diagnosis;

/// <summary>
/// Makes the connections of a client's handlers as the handlers would, address after address in the resolver's order, and
/// watches them. A handler's own way to connect, where it has one, is kept.
/// </summary>
/// <param name="resolve">Gives a name's addresses.</param>
/// <param name="events">Knows the call that a connection is opened for.</param>
/// <param name="time">Gives the timestamps.</param>
internal sealed class ConnectionWatch(Func<string, CancellationToken, Task<IPAddress[]>> resolve, CallEvents events, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<WatchedConnection> _connections = [];
    private int _handlers;
    private IReadOnlyList<AddressTry> _failed = [];

    /// <summary>The connections so far.</summary>
    public IReadOnlyList<WatchedConnection> Connections
    {
        get
        {
            lock (_lock)
            {
                return [.. _connections];
            }
        }
    }

    /// <summary>The addresses that were tried last without any that connected.</summary>
    public IReadOnlyList<AddressTry> Failed => _failed;

    /// <summary>What was wrong with the last certificate that was refused, in words; null where none was.</summary>
    public string? CertificateProblem { get; private set; }

    /// <summary>Watches a handler that was just made.</summary>
    public void Made(SocketsHttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var watched = new WatchedHandler(Interlocked.Increment(ref _handlers), handler);
        var own = handler.ConnectCallback;
        handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(watched, own, context, cancellationToken);
        var check = handler.SslOptions.RemoteCertificateValidationCallback;
        handler.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            See(sender, certificate);
            CertificateProblem = errors == SslPolicyErrors.None ? CertificateProblem : Problem(errors, chain);
            return check?.Invoke(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None; // what is decided without a callback
        };
    }

    private static string Problem(SslPolicyErrors errors, X509Chain? chain)
    {
        var why = errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "the server sent no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "the certificate is for another name"
            : "the certificate is not trusted";
        var statuses = chain?.ChainStatus.Select(status => status.Status.ToString()).Distinct().ToArray() ?? [];
        return statuses.Length == 0 ? why : $"{why} ({string.Join(", ", statuses)})";
    }

    private void See(object sender, X509Certificate? certificate)
    {
        if (events.Current?.Connection is not { } connection)
        {
            return;
        }

        connection.Tls = sender as SslStream;
        connection.Certificate ??= certificate is null ? null : X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
    }

    private async ValueTask<Stream> ConnectAsync(
        WatchedHandler handler,
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? own,
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken)
    {
        var to = context.DnsEndPoint;
        List<AddressTry> tries = [];
        Stream stream;
        try
        {
            stream = own is null
                ? new NetworkStream(await OpenAsync(to, tries, cancellationToken), ownsSocket: true)
                : await own(context, cancellationToken);
        }
        catch (SocketException)
        {
            _failed = tries;
            throw;
        }

        var socket = (stream as NetworkStream)?.Socket;
        var connection = new WatchedConnection(handler, socket, time)
        {
            Remote = socket?.RemoteEndPoint as IPEndPoint,
            Authority = AuthorityOf(context.InitialRequestMessage),
            Proxy = IsProxy(to, context.InitialRequestMessage) ? $"{to.Host}:{to.Port}" : null,
            Tries = tries,
        };
        lock (_lock)
        {
            _connections.Add(connection);
        }

        if (events.Current is { } call)
        {
            call.Connection = connection;
        }

        return new WatchedStream(stream, connection);
    }

    // A tunnel is asked for at the proxy's own URL; the Host header names whom it is to lead to.
    private static string AuthorityOf(HttpRequestMessage request) => request.Method == HttpMethod.Connect && request.Headers.Host is { } behind
        ? behind
        : $"{request.RequestUri!.IdnHost}:{request.RequestUri.Port}";

    private static bool IsProxy(DnsEndPoint to, HttpRequestMessage request) => request.Method == HttpMethod.Connect
        || to.Port != request.RequestUri!.Port || !to.Host.Equals(request.RequestUri.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    private async Task<Socket> OpenAsync(DnsEndPoint to, List<AddressTry> tries, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await ResolvedAsync(to.Host, cancellationToken);
        var error = new SocketException((int)SocketError.HostNotFound);
        for (var i = 0; i < addresses.Length; i++)
        {
            var start = time.GetTimestamp();
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            events.Current?.Note(PhaseEdge.ConnectStart, start);
            try
            {
                await socket.ConnectAsync(addresses[i], to.Port, cancellationToken);
                tries.Add(new AddressTry(addresses[i].ToString(), time.GetElapsedTime(start).TotalSeconds, null));
                tries.AddRange(addresses[(i + 1)..].Select(left => new AddressTry(left.ToString(), null, null)));
                return socket;
            }
            catch (SocketException e)
            {
                error = e;
                tries.Add(new AddressTry(addresses[i].ToString(), time.GetElapsedTime(start).TotalSeconds, Failure.Describe(e)));
                socket.Dispose();
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
            finally
            {
                events.Current?.Note(PhaseEdge.ConnectStop, time.GetTimestamp());
            }
        }

        throw error;
    }

    private async Task<IPAddress[]> ResolvedAsync(string name, CancellationToken cancellationToken)
    {
        events.Current?.Note(PhaseEdge.DnsStart, time.GetTimestamp());
        try
        {
            var addresses = await resolve(name, cancellationToken);
            return Socket.OSSupportsIPv6 ? addresses : [.. addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork)];
        }
        finally
        {
            events.Current?.Note(PhaseEdge.DnsStop, time.GetTimestamp());
        }
    }
}
