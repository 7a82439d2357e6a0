using System.Buffers.Binary;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;

namespace ConnectionReuse.Bench.Watch;

/// <summary>
/// Asks a .NET process who it is, over its diagnostic port: a pipe on Windows, a socket in the temporary folder elsewhere. The
/// library that starts sessions asks that too, but keeps the answer to itself. The exchange is that of dotnet/diagnostics,
/// documentation/design-docs/ipc-protocol.md, command ProcessInfo2.
/// </summary>
internal static class DiagnosticPort
{
    private const int HeaderLength = 20;
    private const byte ProcessCommands = 4;
    private const byte ProcessInfo2 = 4;
    private const byte ServerCommands = 0xFF;
    private const byte Ok = 0;
    private const int IdAndCookieLength = 8 + 16;
    private const int MostCharacters = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "DOTNET_IPC_V1\0"u8;

    /// <summary>The socket of a process; null where it has none, or none that is looked for here.</summary>
    public static string? SocketOf(int process)
    {
        return Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket").MaxBy(File.GetLastWriteTimeUtc); // a crash leaves one behind
    }

    /// <summary>Asks.</summary>
    /// <returns>Name and runtime; the runtime is empty where it is too old to know the question.</returns>
    /// <exception cref="IOException">It does not answer as a .NET process does.</exception>
    /// <exception cref="SocketException">Nobody listens.</exception>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    /// <exception cref="TimeoutException">There is no pipe.</exception>
    public static async Task<(string Name, string Runtime)> AskAsync(int process, CancellationToken cancellationToken)
    {
        await using var stream = await ConnectAsync(process, cancellationToken);
        await stream.WriteAsync(Message(), cancellationToken);
        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header, cancellationToken);
        if (!header.AsSpan().StartsWith(Magic))
        {
            throw new IOException("no .NET process answered");
        }

        var payload = new byte[Math.Max(0, BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(Magic.Length)) - HeaderLength)];
        await stream.ReadExactlyAsync(payload, cancellationToken);
        return header[Magic.Length + 2] == ServerCommands && header[Magic.Length + 3] == Ok ? Read(payload) : (string.Empty, string.Empty);
    }

    /// <summary>The answer's name and runtime.</summary>
    /// <exception cref="IOException">It is cut short.</exception>
    public static (string Name, string Runtime) Read(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < IdAndCookieLength)
        {
            throw new IOException("the process answered with half a message");
        }

        var rest = payload[IdAndCookieLength..];
        _ = Text(ref rest); // the command line: nobody's business
        _ = Text(ref rest); // the operating system
        _ = Text(ref rest); // the architecture
        var name = Text(ref rest);
        return (name, Text(ref rest));
    }

    private static byte[] Message()
    {
        var message = new byte[HeaderLength];
        Magic.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(Magic.Length), HeaderLength);
        message[Magic.Length + 2] = ProcessCommands;
        message[Magic.Length + 3] = ProcessInfo2;
        return message;
    }

    // UTF-16 with its terminating zero, which the length counts.
    private static string Text(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(rest) is var length && (length > MostCharacters || rest.Length < sizeof(uint) + (2 * (int)length)))
        {
            throw new IOException("the process answered with half a message");
        }

        var text = Encoding.Unicode.GetString(rest.Slice(sizeof(uint), 2 * (int)length)).TrimEnd('\0');
        rest = rest[(sizeof(uint) + (2 * (int)length))..];
        return text;
    }

    private static async Task<Stream> ConnectAsync(int process, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            var pipe = new NamedPipeClientStream(".", $"dotnet-diagnostic-{process}", PipeDirection.InOut, PipeOptions.Asynchronous);
            await pipe.ConnectAsync(TimeSpan.FromSeconds(1), cancellationToken);
            return pipe;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketOf(process) ?? throw new IOException("it has no diagnostic port")), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
