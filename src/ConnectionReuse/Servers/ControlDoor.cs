using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ConnectionReuse.Connections;

namespace ConnectionReuse.Servers;

/// <summary>
/// Lets clients in over a network: from addresses that may, with a proof that they have the token, one client at a time, because two
/// at once would mix their counts. Its turn lasts as long as the connection with which it began; its other processes join it.
/// </summary>
/// <param name="token">What clients must have.</param>
/// <param name="peers">Who may come; null for everybody.</param>
/// <param name="commit">The commit that the server says it is.</param>
/// <param name="ready">Where everything is.</param>
/// <param name="time">Ends the wait for a client that says nothing.</param>
internal sealed class ControlDoor(string token, PeerList? peers, string commit, NetworkReady ready, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A client whose machine or cable is gone says no goodbye: without a sign of life for so long its turn is over.
    private const int SecondsUntilAsked = 10;
    private const int SecondsBetween = 5;
    private const int TimesAsked = 3;

    // TCP_USER_TIMEOUT (linux/tcp.h), in milliseconds: nobody is asked while an answer is on its way, which Linux repeats for a quarter of an hour.
    private const int UserTimeout = 18;

    private readonly Lock _lock = new();
    private Turn? _turn;
    private int _turns;

    /// <summary>Turns that were given so far, and whether one lasts.</summary>
    public (int Given, bool Lasts) Turns
    {
        get
        {
            lock (_lock)
            {
                return (_turns, _turn is not null);
            }
        }
    }

    /// <summary>Lets a connection in, if it may.</summary>
    /// <returns>How long it may ask; null where it may not.</returns>
    /// <exception cref="IOException">It is gone.</exception>
    public async Task<Visit?> AdmitAsync(TcpClient client, TextReader reader, TextWriter writer, CancellationToken cancellationToken)
    {
        if (peers?.Contains(((IPEndPoint)client.Client.RemoteEndPoint!).Address) == false)
        {
            return null;
        }

        KeepAlive(client.Client);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var nonce = ControlProtocol.NewNonce();
        await writer.WriteLineAsync(ControlProtocol.Greeting(commit, nonce).AsMemory(), either.Token);
        var (answer, visit) = (await reader.ReadLineAsync(either.Token))?.Split(' ') switch
        {
            [ControlProtocol.Open, var proof] => Begin(proof, nonce, cancellationToken),
            [ControlProtocol.Join, var proof] => Join(proof, nonce, cancellationToken),
            _ => ($"{ControlProtocol.Failed} {ControlProtocol.NoProof}", null),
        };
        await writer.WriteLineAsync(answer.AsMemory(), either.Token);
        return visit;
    }

    private (string Answer, Visit? Visit) Begin(string proof, string nonce, CancellationToken cancellationToken)
    {
        if (!ControlProtocol.Proves(proof, ControlProtocol.Proof(token, ControlProtocol.Open, nonce)))
        {
            return ($"{ControlProtocol.Failed} {ControlProtocol.NoProof}", null);
        }

        lock (_lock)
        {
            if (_turn is not null)
            {
                return ($"{ControlProtocol.Failed} {ControlProtocol.Busy}", null);
            }

            var turn = new Turn(ControlProtocol.SessionOf(token, nonce));
            (_turn, _turns) = (turn, _turns + 1);
            return ($"{ControlProtocol.Open} {JsonSerializer.Serialize(ready, ServerJson.Default.NetworkReady)}", turn.Visit(() => End(turn), cancellationToken));
        }
    }

    private (string Answer, Visit? Visit) Join(string proof, string nonce, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _turn is { } turn && ControlProtocol.Proves(proof, ControlProtocol.Proof(turn.Session, ControlProtocol.Join, nonce))
                ? (ControlProtocol.Join, turn.Visit(() => { }, cancellationToken))
                : ($"{ControlProtocol.Failed} {ControlProtocol.NoProof}", null);
        }
    }

    private void End(Turn turn)
    {
        lock (_lock)
        {
            _turn = null;
        }

        turn.Ended.Cancel();
    }

    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, SecondsUntilAsked);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, SecondsBetween);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, TimesAsked);
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption((int)ProtocolType.Tcp, UserTimeout, BitConverter.GetBytes(1000 * (SecondsUntilAsked + (SecondsBetween * TimesAsked))));
        }
    }

    private sealed record Turn(string Session)
    {
        public CancellationTokenSource Ended { get; } = new();

        public Visit Visit(Action end, CancellationToken cancellationToken) => new(end, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended.Token));
    }

    /// <summary>A connection that was let in.</summary>
    internal sealed class Visit(Action end, CancellationTokenSource ended) : IDisposable
    {
        /// <summary>Cancelled when it may ask no more.</summary>
        public CancellationToken Ended => ended.Token;

        /// <inheritdoc/>
        public void Dispose()
        {
            end();
            ended.Dispose();
        }
    }
}
