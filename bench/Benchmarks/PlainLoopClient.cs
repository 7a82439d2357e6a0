using System.Globalization;
using System.Net.Sockets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Asks the plain program (<see cref="Checks.PlainLoop"/>) to repeat an iteration.</summary>
public sealed class PlainLoopClient : IDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    /// <summary>Connects.</summary>
    public PlainLoopClient(int port)
    {
        _client = new TcpClient("127.0.0.1", port) { NoDelay = true, ReceiveTimeout = 30_000 };
        _reader = new StreamReader(_client.GetStream());
        _writer = new StreamWriter(_client.GetStream()) { AutoFlush = true };
    }

    /// <summary>Runs the requests there.</summary>
    /// <returns>The seconds they took.</returns>
    /// <exception cref="IOException">The plain program is gone.</exception>
    public double Run(int requests)
    {
        _writer.WriteLine(requests.ToString(CultureInfo.InvariantCulture));
        return double.Parse(_reader.ReadLine() ?? throw new IOException("the plain program is gone"), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
