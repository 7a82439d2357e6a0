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
    /// <param name="network">What a process that clients reach over a network is told; null for one on loopback.</param>
    /// <exception cref="IOException">The process ended or did not get ready in 30 s; the message holds what it said.</exception>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, CancellationToken cancellationToken, NetworkSetup? network = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = ChildProcess.Start(start, "the server process");
        try
        {
            if (network is not null)
            {
                await process.WriteLineAsync(JsonSerializer.Serialize(network, ServerJson.Default.NetworkSetup), cancellationToken);
            }

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

    /// <summary>Asks a question of <see cref="ServerDialogue"/> through the pipe.</summary>
    /// <exception cref="IOException">The process has ended.</exception>
    public async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        await _process.WriteLineAsync(question, cancellationToken);
        return await _process.ReadLineAsync(StopTimeout, cancellationToken);
    }

    /// <summary>Waits until the process has ended of its own accord.</summary>
    /// <returns>What it said last: the counts of its targets, a line for each.</returns>
    /// <exception cref="IOException">It ended in another way than well.</exception>
    public async Task<IReadOnlyList<string>> EndAsync(CancellationToken cancellationToken)
    {
        if (await _process.ExitCodeAsync(Timeout.InfiniteTimeSpan, cancellationToken) != 0)
        {
            throw await _process.EndedAsync();
        }

        return (await _process.Output.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
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
        await new ServerDialogue(servers).AnswerAsync(input, output, cancellationToken);
    }

    /// <summary>What a server process runs that clients reach over a network: the same, and it may end by itself when nobody uses it.</summary>
    /// <exception cref="IOException">A server did not start.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The control's port is taken.</exception>
    public static async Task ServeOnNetworkAsync(IReadOnlyList<string> targetIds, TextReader input, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        if (await input.ReadLineAsync(cancellationToken) is not { } line)
        {
            return;
        }

        var setup = JsonSerializer.Deserialize(line, ServerJson.Default.NetworkSetup)!;
        await using var server = await NetworkServer.StartAsync(targetIds, setup, time, cancellationToken);
        await output.WriteLineAsync(JsonSerializer.Serialize(server.Ready, ServerJson.Default.ServerReady).AsMemory(), cancellationToken);
        await output.FlushAsync(cancellationToken);
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = Task.Run(() => server.Dialogue.AnswerAsync(input, output, idle.Token), CancellationToken.None); // a console's reader blocks
        if (await Task.WhenAny(asked, server.IdleAsync(idle.Token)) != asked)
        {
            foreach (var id in targetIds)
            {
                await output.WriteLineAsync(server.Dialogue.Answer(id).AsMemory(), cancellationToken);
            }

            await output.FlushAsync(cancellationToken);
        }

        await idle.CancelAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(StopTimeout);
        await _process.DisposeAsync();
    }
}
