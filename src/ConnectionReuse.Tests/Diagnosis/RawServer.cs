using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>What a server does with a connection behind a response.</summary>
internal enum Afterwards
{
    /// <summary>Waits for the next request.</summary>
    Keeps,

    /// <summary>Closes it (FIN).</summary>
    Closes,

    /// <summary>Resets it (RST).</summary>
    Resets,
}

/// <summary>A response, byte for byte.</summary>
internal sealed record RawAnswer(string Text, Afterwards Then = Afterwards.Keeps, TimeSpan Behind = default);

/// <summary>A server over bare sockets of which each byte is known: the answer depends on how many requests a connection has had.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    public const string Kept = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<int, RawAnswer> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Lock _lock = new();
    private readonly List<Task> _tasks = [];
    private readonly List<int> _requests = [];

    /// <param name="answer">The answer to a connection's first, second... request, counted from 1.</param>
    /// <param name="certificate">The certificate of a server of TLS; null for none.</param>
    /// <param name="addresses">Where it listens; none: 127.0.0.1.</param>
    public RawServer(Func<int, RawAnswer> answer, X509Certificate2? certificate = null, params IPAddress[] addresses)
    {
        _answer = answer;
        _certificate = certificate;
        foreach (var address in addresses.DefaultIfEmpty(IPAddress.Loopback))
        {
            var listener = new TcpListener(address, _listeners.Count == 0 ? 0 : Port);
            listener.Start();
            _listeners.Add(listener);
            _tasks.Add(AcceptAsync(listener));
        }
    }

    /// <summary>How long it keeps an idle connection; null for ever.</summary>
    public TimeSpan? IdleLimit { get; init; }

    public int Port => ((IPEndPoint)_listeners[0].LocalEndpoint).Port;

    public Target Target => new(TargetIds.Real, new Uri($"{(_certificate is null ? "http" : "https")}://localhost:{Port}/"));

    /// <summary>The requests of each connection that had one, in the order of their first.</summary>
    public IReadOnlyList<int> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Task[] tasks;
        lock (_lock)
        {
            tasks = [.. _tasks];
        }

        await Task.WhenAll(tasks);
        _listeners.ForEach(listener => listener.Dispose()); // not before: one that is asked again would say that it was never started
        _stopping.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(_stopping.Token);
                socket.NoDelay = true;
                lock (_lock)
                {
                    _tasks.Add(ServeAsync(socket));
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var transport = new NetworkStream(socket, ownsSocket: true);
            await using var stream = await SecuredAsync(transport);
            var buffer = new byte[8192];
            var length = 0;
            int? number = null;
            while (await ReadAsync(stream, buffer.AsMemory(length)) is > 0 and var read)
            {
                length += read;
                if (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                {
                    continue;
                }

                length = 0;
                var answer = _answer(Count(ref number));
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Text), _stopping.Token);
                if (answer.Then == Afterwards.Keeps)
                {
                    continue;
                }

                await Task.Delay(answer.Behind, _stopping.Token);
                if (answer.Then == Afterwards.Resets)
                {
                    await Task.Delay(20, _stopping.Token); // a reset throws away what the client has not read yet
                    socket.Close(timeout: 0);
                }

                return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
        {
            // the client is gone, or the test is over
        }
    }

    private async Task<int> ReadAsync(Stream stream, Memory<byte> buffer)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        if (IdleLimit is { } limit)
        {
            idle.CancelAfter(limit);
        }

        return await stream.ReadAsync(buffer, idle.Token);
    }

    private int Count(ref int? number)
    {
        lock (_lock)
        {
            if (number is null)
            {
                number = _requests.Count;
                _requests.Add(0);
            }

            return ++_requests[number.Value];
        }
    }

    private async Task<Stream> SecuredAsync(Stream transport)
    {
        if (_certificate is null)
        {
            return transport;
        }

        var tls = new SslStream(transport);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
        return tls;
    }
}
