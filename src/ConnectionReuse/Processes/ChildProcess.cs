using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ConnectionReuse.Processes;

/// <summary>
/// The one way in which this program starts another: never by way of a shell, and never to outlive this object, which
/// kills it with all that it started. Every failure is an <see cref="IOException"/> that names the process.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _name;
    private readonly Task<string> _errors;

    private ChildProcess(Process process, string name, bool hearsErrors)
    {
        _process = process;
        _name = name;
        // Read from the start, or a process that complains a lot stands still.
        _errors = hearsErrors ? process.StandardError.ReadToEndAsync(CancellationToken.None) : Task.FromResult(string.Empty);
    }

    /// <summary>The system's number of it.</summary>
    public int Id => _process.Id;

    /// <summary>What it reads, where its standard input is redirected.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>What it writes, where its standard output is redirected.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>Starts a process, on the core of the calling thread.</summary>
    /// <param name="start">The command, and which streams are redirected; a redirected standard error is kept for what it said last.</param>
    /// <param name="name">What messages call it, such as <c>the server process</c>.</param>
    /// <exception cref="IOException">It did not start.</exception>
    public static ChildProcess Start(ProcessStartInfo start, string name)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.UseShellExecute = false;
        try
        {
            return new ChildProcess(Process.Start(start)!, name, start.RedirectStandardError);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{name} did not start: {e.Message}", e);
        }
    }

    /// <summary>Starts a program and waits for its end, with every stream redirected.</summary>
    /// <param name="start">The command.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="patience">After which it is killed.</param>
    /// <param name="cancellationToken">Kills it too.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="keepInputOpen">Whether its input stays open after that: it closes when this process dies.</param>
    /// <exception cref="IOException">It did not start, or did not end in time.</exception>
    public static async Task<ProcessOutput> RunAsync(
        ProcessStartInfo start, string name, TimeSpan patience, CancellationToken cancellationToken, string input = "", bool keepInputOpen = false)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var begin = Stopwatch.GetTimestamp();
        await using var child = Start(start, name);
        return await child.WithinAsync(patience, "did not end", RunAsync, cancellationToken);

        async Task<ProcessOutput> RunAsync(CancellationToken limit)
        {
            var output = child.Output.ReadToEndAsync(limit);
            await child.WriteAllAsync(input, limit);
            if (!keepInputOpen)
            {
                child.CloseInput();
            }

            await child._process.WaitForExitAsync(limit);
            var elapsed = Stopwatch.GetElapsedTime(begin);
            return new ProcessOutput(child._process.ExitCode, await output, await child._errors.WaitAsync(limit), elapsed);
        }
    }

    /// <summary>Writes a line to its standard input.</summary>
    /// <exception cref="IOException">It has ended; the message holds what it said last.</exception>
    public async Task WriteLineAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            await Input.WriteLineAsync(line.AsMemory(), cancellationToken);
            await Input.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            throw await EndedAsync();
        }
    }

    /// <summary>Reads a line of its standard output.</summary>
    /// <exception cref="IOException">It has ended, or is silent for too long and was killed; the message holds what it said last.</exception>
    public Task<string> ReadLineAsync(TimeSpan patience, CancellationToken cancellationToken) => WithinAsync(
        patience,
        "did not answer",
        async limit => await Output.ReadLineAsync(limit) ?? throw await EndedAsync(),
        cancellationToken);

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="IOException">It did not end in time and was killed.</exception>
    public Task<int> ExitCodeAsync(TimeSpan patience, CancellationToken cancellationToken) => WithinAsync(
        patience,
        "did not end",
        async limit =>
        {
            await _process.WaitForExitAsync(limit);
            return _process.ExitCode;
        },
        cancellationToken);

    /// <summary>Checks that it still runs.</summary>
    /// <exception cref="IOException">It has ended; the message holds the exit code.</exception>
    public void ThrowIfEnded()
    {
        if (_process.HasExited)
        {
            throw new IOException($"{_name} ended with exit code {_process.ExitCode}");
        }
    }

    /// <summary>Checks that it still runs, and lets one that is dying end: its connections break some moments before.</summary>
    /// <param name="moment">How long to look.</param>
    /// <exception cref="IOException">It has ended; the message holds the exit code.</exception>
    public async Task ThrowIfEndingAsync(TimeSpan moment)
    {
        using var limit = new CancellationTokenSource(moment);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return; // it runs
        }

        ThrowIfEnded();
    }

    /// <summary>What to throw when its output has ended: with its exit code and its last words, for which it gets a moment.</summary>
    public async Task<IOException> EndedAsync()
    {
        var words = await LastWordsAsync();
        return new IOException($"{_name} ended with exit code {_process.ExitCode}: {words ?? "it said nothing"}");
    }

    /// <summary>Ends it and returns the first line that it wrote to its redirected standard error; null where there is none.</summary>
    public async Task<string?> LastWordsAsync()
    {
        await StopAsync(LastMoment);
        return FirstLine(await _errors);
    }

    /// <summary>Closes its redirected standard input, at which it should end, and kills it if it does not.</summary>
    /// <param name="patience">How long it may take.</param>
    public async Task StopAsync(TimeSpan patience)
    {
        CloseInput();
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    /// <summary>Kills it with all that it started, if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    /// <summary>The first line of a text that is not blank; null where there is none.</summary>
    internal static string? FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var line, ..] ? line : null;

    private void CloseInput()
    {
        try
        {
            if (_process.StartInfo.RedirectStandardInput)
            {
                Input.Close();
            }
        }
        catch (IOException)
        {
            // what was left to write meets a process that has ended
        }
    }

    private async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    private async Task<T> WithinAsync<T>(TimeSpan patience, string failure, Func<CancellationToken, Task<T>> wait, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await wait(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            await KillAsync();
            var words = FirstLine(await _errors) is { } line ? $": {line}" : string.Empty;
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{_name} {failure} within {patience.TotalSeconds} s{words}"), e);
        }
    }

    private async Task WriteAllAsync(string input, CancellationToken cancellationToken)
    {
        try
        {
            await Input.WriteAsync(input.AsMemory(), cancellationToken);
            await Input.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // it ended without reading everything: its exit code and what it said tell why
        }
    }
}
