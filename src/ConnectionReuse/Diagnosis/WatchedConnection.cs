using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ConnectionReuse.Connections;

namespace ConnectionReuse.Diagnosis;

/// <summary>What is seen of one connection below TLS: who ended it first, how and when.</summary>
/// <param name="handler">The handler whose pool it is in; null where the client does not let it be seen.</param>
/// <param name="socket">Its socket; null where it cannot be reached.</param>
/// <param name="time">Gives the timestamps.</param>
internal sealed class WatchedConnection(WatchedHandler? handler, Socket? socket, TimeProvider time)
{
    // More than a server sends behind a response (an alert, a GOAWAY), less than a body that nobody wants.
    private const int MostDrained = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly ServerFlight _flight = new();
    private readonly Http2Watch _frames = new();
    private readonly long _opened = time.GetTimestamp();
    private long _lastByte = time.GetTimestamp();
    private ConnectionEnd? _end;
    private bool _left;

    /// <summary>Its handler; null where it was not seen.</summary>
    public WatchedHandler? Handler => handler;

    /// <summary>The runtime's number for it; null before it can carry requests.</summary>
    public long? Id { get; set; }

    /// <summary>The address at its other end; null where it is not known.</summary>
    public IPEndPoint? Remote { get; init; }

    /// <summary>Host and port of the server that requests over it are for; null where they are not known.</summary>
    public string? Authority { get; init; }

    /// <summary>The proxy that it leads to, as <c>host:port</c>; null where it leads to the target.</summary>
    public string? Proxy { get; init; }

    /// <summary>The addresses that were tried for it, in their order.</summary>
    public IReadOnlyList<AddressTry> Tries { get; init; } = [];

    /// <summary>Its TLS; null without, or before its certificate was seen.</summary>
    public SslStream? Tls { get; set; }

    /// <summary>The TLS version, such as <c>1.3</c>; null before the first answer.</summary>
    public string? TlsVersion { get; private set; }

    /// <summary>The protocol that was agreed on (ALPN); null where none was.</summary>
    public string? Alpn { get; private set; }

    /// <summary>The server's certificate; null without TLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Whether its handshake was full or resumed.</summary>
    public TlsHandshakeKind Handshake => _flight.Kind;

    /// <summary>Whether the server sent GOAWAY in the clear, or the runtime said that it did.</summary>
    public bool SentGoAway { get => field || _frames.GoAway; set; }

    /// <summary>How it ended, as seen so far.</summary>
    public ConnectionEnd End
    {
        get
        {
            lock (_lock)
            {
                return _end ?? ConnectionEnd.Open;
            }
        }
    }

    /// <summary>How long no byte had passed when its end was seen.</summary>
    public TimeSpan IdleAtEnd { get; private set; }

    /// <summary>How old it was when its end was seen.</summary>
    public TimeSpan AgeAtEnd { get; private set; }

    /// <summary>Bytes that the other end sent.</summary>
    public long Received { get; private set; }

    /// <summary>An answer came over it: what TLS agreed on can be read while the connection is open.</summary>
    public void Answered()
    {
        if (Tls is { IsAuthenticated: true } tls && TlsVersion is null)
        {
            TlsVersion = Connections.TlsVersion.NameOf(tls.SslProtocol);
            Alpn = tls.NegotiatedApplicationProtocol.Protocol.IsEmpty ? null : tls.NegotiatedApplicationProtocol.ToString();
        }
    }

    /// <summary>Bytes came.</summary>
    public void Came(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            Received += bytes.Length;
            _lastByte = time.GetTimestamp();
            _flight.Append(bytes);
            _frames.Append(bytes);
        }
    }

    /// <summary>Bytes went.</summary>
    public void Went()
    {
        lock (_lock)
        {
            _lastByte = time.GetTimestamp();
        }
    }

    /// <summary>Somebody ended it; who does so first is kept.</summary>
    public void Ended(ConnectionEnd how)
    {
        lock (_lock)
        {
            if (_end is not null || _left)
            {
                return;
            }

            _end = how;
            IdleAtEnd = time.GetElapsedTime(_lastByte);
            AgeAtEnd = time.GetElapsedTime(_opened);
        }
    }

    /// <summary>The diagnosis is over: what is closed from now on was closed by it.</summary>
    public void Leave()
    {
        Probe();
        lock (_lock)
        {
            _left = true;
        }
    }

    /// <summary>Looks whether the other end has closed, without taking a byte.</summary>
    public void Probe()
    {
        try
        {
            if (socket is { Available: 0 } && socket.Poll(0, SelectMode.SelectRead))
            {
                Span<byte> one = stackalloc byte[1];
                if (socket.Receive(one, SocketFlags.Peek) == 0)
                {
                    Ended(ConnectionEnd.ServerCloses);
                }
            }
        }
        catch (SocketException e)
        {
            Ended(OfError(e) ?? ConnectionEnd.ServerCloses);
        }
        catch (ObjectDisposedException)
        {
            // the client closed it, and said so
        }
    }

    /// <summary>The client closes it: the other end may have done so before, behind bytes that nobody has read.</summary>
    public void Closing()
    {
        lock (_lock)
        {
            if (_end is not null || _left)
            {
                return;
            }
        }

        Ended(socket is null ? ConnectionEnd.ClientCloses : Drained(socket));
    }

    /// <summary>The end that an error of the socket tells; null for none.</summary>
    public static ConnectionEnd? OfError(Exception error) => error switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown } => ConnectionEnd.ServerResets,
        IOException { InnerException: SocketException inner } => OfError(inner),
        _ => null,
    };

    private static ConnectionEnd Drained(Socket socket)
    {
        var buffer = new byte[MostDrained];
        try
        {
            for (var room = MostDrained; room > 0;)
            {
                if (!socket.Poll(0, SelectMode.SelectRead))
                {
                    return ConnectionEnd.ClientCloses;
                }

                if (socket.Receive(buffer, 0, room, SocketFlags.None) is > 0 and var read)
                {
                    room -= read;
                    continue;
                }

                return ConnectionEnd.ServerCloses;
            }
        }
        catch (SocketException e)
        {
            return OfError(e) ?? ConnectionEnd.ClientCloses;
        }
        catch (ObjectDisposedException)
        {
            // an aborted operation closed it before
        }

        return ConnectionEnd.ClientCloses;
    }
}
