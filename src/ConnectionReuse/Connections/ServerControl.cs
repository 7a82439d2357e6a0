using System.Globalization;
using System.Net.Sockets;
using ConnectionReuse.Memory;
using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>The client's end of the connection over which a server process tells what it has counted.</summary>
internal sealed class ServerControl : IDisposable
{
    private const int PatienceMilliseconds = 10_000;

    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    private ServerControl(TcpClient connected)
    {
        _client = connected;
        connected.NoDelay = true;
        connected.ReceiveTimeout = PatienceMilliseconds;
        connected.SendTimeout = PatienceMilliseconds;
        _reader = new StreamReader(connected.GetStream());
        _writer = new StreamWriter(connected.GetStream()) { AutoFlush = true };
    }

    /// <summary>Connects; the connection is opened before anything is counted.</summary>
    /// <exception cref="SocketException">The server process is gone.</exception>
    /// <exception cref="IOException">It does not let this process in.</exception>
    public static ServerControl To(ControlAddress at)
    {
        ArgumentNullException.ThrowIfNull(at);
        var client = new TcpClient(at.Address.AddressFamily);
        try
        {
            client.Connect(at.Address, at.Port);
            var control = new ServerControl(client);
            if (at.Session is { } session)
            {
                control.Join(session);
            }

            return control;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Takes over a connection that is open.</summary>
    public static ServerControl Over(TcpClient connected) => new(connected);

    /// <summary>The connection's socket.</summary>
    public Socket Socket => _client.Client;

    /// <summary>Reads a target's running totals and marks a new epoch.</summary>
    /// <exception cref="IOException">The server process did not answer.</exception>
    public Counts Mark(string targetId) => CountsLine.Parse(Ask(targetId));

    /// <summary>What the server's process holds after a full collection.</summary>
    /// <exception cref="IOException">The server process did not answer.</exception>
    public ProcessMemory Memory() => ProcessMemory.OfLine(Ask(ControlProtocol.Memory));

    /// <summary>The methods that the server's process has compiled so far.</summary>
    /// <exception cref="IOException">The server process did not answer.</exception>
    public long CompiledMethods() => long.Parse(Ask(ControlProtocol.Compiled), CultureInfo.InvariantCulture);

    /// <summary>Asks whether anybody is there.</summary>
    /// <exception cref="IOException">Nobody answers.</exception>
    public void Ping() => Ask(ControlProtocol.Ping);

    /// <summary>Reads what the server says unasked.</summary>
    /// <returns>The line; null where it said nothing and closed.</returns>
    /// <exception cref="IOException">It said nothing for too long.</exception>
    public string? Hear() => _reader.ReadLine();

    /// <summary>Says a line, and reads the answer.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public string Ask(string question)
    {
        _writer.WriteLine(question);
        return _reader.ReadLine() is { Length: > 0 } line ? line : throw new IOException($"the server process does not count for '{question}'");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private void Join(string session)
    {
        var greeting = ControlProtocol.PartsOf(Hear() ?? string.Empty) ?? throw new IOException("the server does not answer this machine");
        if (Ask($"{ControlProtocol.Join} {ControlProtocol.Proof(session, ControlProtocol.Join, greeting.Nonce)}") != ControlProtocol.Join)
        {
            throw new IOException("the server has ended this client's turn");
        }
    }
}
