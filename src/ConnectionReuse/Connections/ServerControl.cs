using System.Net.Sockets;
using ConnectionReuse.Memory;
using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>The client's end of the connection over which a server process tells what it has counted.</summary>
internal sealed class ServerControl : IDisposable
{
    /// <summary>The question for the memory of the server's process: no target has this id.</summary>
    public const string MemoryQuestion = "memory";

    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    /// <summary>Connects; the connection is opened before anything is counted.</summary>
    /// <exception cref="SocketException">The server process is gone.</exception>
    public ServerControl(int port)
    {
        // The address, not a name: this connection must not warm up the name look-up that the run measures.
        _client = new TcpClient("127.0.0.1", port) { NoDelay = true, ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        _reader = new StreamReader(_client.GetStream());
        _writer = new StreamWriter(_client.GetStream()) { AutoFlush = true };
    }

    /// <summary>Reads a target's running totals and marks a new epoch.</summary>
    /// <exception cref="IOException">The server process did not answer.</exception>
    public Counts Mark(string targetId) => CountsLine.Parse(Ask(targetId));

    /// <summary>What the server's process holds after a full collection.</summary>
    /// <exception cref="IOException">The server process did not answer.</exception>
    public ProcessMemory Memory() => ProcessMemory.OfLine(Ask(MemoryQuestion));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private string Ask(string question)
    {
        _writer.WriteLine(question);
        return _reader.ReadLine() is { Length: > 0 } line ? line : throw new IOException($"the server process does not count for '{question}'");
    }
}
