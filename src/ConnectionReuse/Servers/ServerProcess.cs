using System.Diagnostics;
using System.Text.Json;
using ConnectionReuse.Links;

namespace ConnectionReuse.Servers;

/// <summary>
/// The process that serves the local targets, so that they share none with the timed client. It ends when its standard
/// input closes: on <see cref="DisposeAsync"/>, and equally when this process dies.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private ServerProcess(Process process, ServerReady ready)
    {
        _process = process;
        Ready = ready;
    }

    /// <summary>Where the targets are.</summary>
    public ServerReady Ready { get; }

    /// <summary>Checks that the process still serves.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void ThrowIfEnded()
    {
        if (_process.HasExited)
        {
            throw new IOException($"the server process ended with exit code {_process.ExitCode}");
        }
    }

    /// <summary>Starts the process and waits until its targets answer.</summary>
    /// <param name="start">The command that runs <see cref="ServeAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the process is then ended too.</param>
    /// <exception cref="IOException">The process ended or did not get ready in 30 s; the message holds what it said.</exception>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        var process = Process.Start(start) ?? throw new IOException("the server process did not start");
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(StartTimeout);
            var line = await process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new IOException($"the server process ended: {FirstLine(await errors)}");
            return new ServerProcess(process, JsonSerializer.Deserialize(line, ServerJson.Default.ServerReady)!);
        }
        catch (Exception e)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            if (e is JsonException)
            {
                throw new IOException("the server process said something else than where its targets are", e);
            }

            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new IOException($"the server process was not ready after {StartTimeout.TotalSeconds:0} s", e);
            }

            throw;
        }
    }

    /// <summary>What the server process runs: the targets, until standard input closes.</summary>
    /// <exception cref="IOException">A server did not start.</exception>
    public static async Task ServeAsync(
        IReadOnlyList<string> targetIds,
        bool breakHalf,
        LinkOptions link,
        TextReader input,
        TextWriter output,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        await using var servers = await LocalServers.StartAsync(targetIds, breakHalf, link, time, cancellationToken);
        await using var control = new ControlListener(servers);
        var ready = servers.Ready(control.Port);
        await output.WriteLineAsync(JsonSerializer.Serialize(ready, ServerJson.Default.ServerReady).AsMemory(), cancellationToken);
        await output.FlushAsync(cancellationToken);
        await input.ReadToEndAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? line : "it said nothing";
}
