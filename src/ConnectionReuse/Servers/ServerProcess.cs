using System.Diagnostics;
using System.Text.Json;
using ConnectionReuse.Links;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Servers;

/// <summary>
/// The process that serves the local targets, so that they share none with the timed client. It ends when its standard
/// input closes: on <see cref="DisposeAsync"/>, and equally when this process dies.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(500);

    private readonly ChildProcess _process;

    private ServerProcess(ChildProcess process, ServerReady ready)
    {
        _process = process;
        Ready = ready;
    }

    /// <summary>Where the targets are.</summary>
    public ServerReady Ready { get; }

    /// <summary>Checks that the process still serves.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    public void ThrowIfEnded() => _process.ThrowIfEnded();

    /// <summary>Runs what needs the server; where that fails because the server has ended, the failure says so.</summary>
    /// <exception cref="IOException">The work failed, or the server has ended.</exception>
    public async Task<T> WhileServingAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            await _process.ThrowIfEndingAsync(LastMoment);
            throw;
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
        var process = ChildProcess.Start(start, "the server process");
        try
        {
            var line = await process.ReadLineAsync(StartTimeout, cancellationToken);
            return new ServerProcess(process, JsonSerializer.Deserialize(line, ServerJson.Default.ServerReady)!);
        }
        catch (JsonException e)
        {
            await process.DisposeAsync();
            throw new IOException("the server process said something else than where its targets are", e);
        }
        catch
        {
            await process.DisposeAsync();
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
        CancellationToken cancellationToken,
        CannedResponses? responses = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        await using var servers = await LocalServers.StartAsync(targetIds, breakHalf, link, time, cancellationToken, responses);
        await using var control = new ControlListener(servers);
        var ready = servers.Ready(control.Port);
        await output.WriteLineAsync(JsonSerializer.Serialize(ready, ServerJson.Default.ServerReady).AsMemory(), cancellationToken);
        await output.FlushAsync(cancellationToken);
        await input.ReadToEndAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(StopTimeout);
        await _process.DisposeAsync();
    }
}
