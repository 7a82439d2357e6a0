using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;

namespace ConnectionReuse.Servers;

/// <summary>A server process that somebody has started on another machine, while this client has the turn there.</summary>
internal sealed class RemoteServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ServerControl _control;

    private RemoteServer(string name, ServerControl control, ServerReady ready, RunEnvironment environment)
    {
        _control = control;
        (Name, Ready, Environment) = (name, ready, environment);
        RoundTrip = RoundTrip.Of(control.Socket, control.Ping);
    }

    /// <summary>What was typed, such as <c>reuse-server:5100</c>.</summary>
    public string Name { get; }

    /// <summary>Where its targets are.</summary>
    public ServerReady Ready { get; }

    /// <summary>Its machine.</summary>
    public RunEnvironment Environment { get; }

    /// <summary>How far it is, measured before anything is timed.</summary>
    public RoundTrip RoundTrip { get; }

    /// <summary>Takes the turn.</summary>
    /// <param name="at">The host, a name or an address, and the port of its control.</param>
    /// <param name="token">The server's token; empty for none.</param>
    /// <param name="commit">The commit that this build says it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="WrongServerException">It is of another commit, or has another token.</exception>
    /// <exception cref="IOException">It does not answer, or another client has the turn.</exception>
    public static async Task<RemoteServer> ConnectAsync(DnsEndPoint at, string token, string commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(at);
        var name = $"{at.Host}:{at.Port}";
        var client = await ConnectAsync(at, name, cancellationToken);
        try
        {
            return await Task.Run(() => Opened(name, client, token, commit), cancellationToken); // which waits for lines
        }
        catch (Exception e)
        {
            client.Dispose();
            throw e is IOException { InnerException: SocketException } ? new IOException($"{name} does not answer as a server of this suite does", e) : e;
        }
    }

    /// <summary>Checks that it is there.</summary>
    /// <exception cref="IOException">It is not any more.</exception>
    public void ThrowIfEnded()
    {
        try
        {
            _control.Ping();
        }
        catch (IOException e)
        {
            throw new IOException($"{Name} does not answer any more: its server has ended, or the way there is cut", e);
        }
    }

    /// <summary>Gives the turn back.</summary>
    public void Dispose() => _control.Dispose();

    private static async Task<TcpClient> ConnectAsync(DnsEndPoint at, string name, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(at.Host, at.Port, patience.Token);
            return client;
        }
        catch (Exception e)
        {
            client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw e switch
            {
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new IOException($"{name}: the name is not known here", e),
                SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new IOException($"{name} refuses connections: {ProgramName.Typed} serve starts a server there", e),
                SocketException => new IOException($"{name}: {e.Message}", e),
                OperationCanceledException => new IOException($"{name} does not answer within {Patience.TotalSeconds:0} s", e),
                _ => e,
            };
        }
    }

    private static RemoteServer Opened(string name, TcpClient client, string token, string commit)
    {
        var control = ServerControl.Over(client);
        var greeting = control.Hear() ?? throw new IOException($"{name} closes the connection: this machine is not among those that it was started to --allow");
        var (version, other, nonce) = ControlProtocol.PartsOf(greeting) ?? throw new IOException($"{name} is no server of this suite");
        if (other != commit || version != ControlProtocol.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            throw new WrongServerException($"{name} is of commit {Short(other)}, this program of {Short(commit)}: both ends must be built from one commit");
        }

        var answer = control.Ask($"{ControlProtocol.Open} {ControlProtocol.Proof(token, ControlProtocol.Open, nonce)}").Split(' ', 2);
        var ready = answer switch
        {
            [ControlProtocol.Open, var json] => JsonSerializer.Deserialize(json, ServerJson.Default.NetworkReady)!,
            [ControlProtocol.Failed, ControlProtocol.Busy] => throw new IOException($"{name} serves another client: two at once would mix their counts, so wait for its end"),
            [ControlProtocol.Failed, ControlProtocol.NoProof] => throw new WrongServerException($"{name} has another token than this program's {ControlProtocol.TokenVariable}"),
            _ => throw new IOException($"{name} is no server of this suite"),
        };
        var address = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
        var server = ready.Server with { ControlHost = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(), Session = ControlProtocol.SessionOf(token, nonce) };
        return new RemoteServer(name, control, server, ready.Environment);
    }

    private static string Short(string commit)
    {
        const int Most = 10;
        return PlainText.OneLine(commit.Length > Most ? commit[..Most] : commit);
    }
}

/// <summary>The server that was named is not the one that is meant.</summary>
internal sealed class WrongServerException(string message) : Exception(message);
