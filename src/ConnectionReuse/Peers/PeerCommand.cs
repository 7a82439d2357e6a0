using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Peers;

/// <summary>A program that is started, never by way of a shell, and waited for.</summary>
/// <param name="Program">The path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Timeout">After which it is killed.</param>
internal sealed record PeerCommand(string Program, IReadOnlyList<string> Arguments, TimeSpan Timeout)
{
    /// <summary>What it reads.</summary>
    public string Input { get; init; } = string.Empty;

    /// <summary>Variables that it gets beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Starts the program and waits for its end.</summary>
    /// <param name="cancellationToken">Kills it, with all that it started.</param>
    /// <exception cref="IOException">It did not start, or did not end in time and was killed.</exception>
    public async Task<PeerOutput> RunAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Timeout);
        var start = Stopwatch.GetTimestamp();
        using var process = Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await WriteAsync(process.StandardInput, patience.Token);
            await process.WaitForExitAsync(patience.Token);
            var elapsed = Stopwatch.GetElapsedTime(start);
            return new PeerOutput(process.ExitCode, await output, await errors, elapsed);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"not at its end after {Timeout.TotalSeconds} s"), e);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Program, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // Not only without the variables: a tool may ask the system for a proxy as well, unless it is told to use none.
        start.Environment["no_proxy"] = "*";
        start.Environment["NO_PROXY"] = "*";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var pinned = Placement.PinChildren(); // where our own client and server are
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"did not start: {e.Message}", e);
        }
    }

    private async Task WriteAsync(StreamWriter input, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteAsync(Input.AsMemory(), cancellationToken);
            input.Close();
        }
        catch (IOException)
        {
            // it ended without reading everything: its exit code and what it said tell why
        }
    }
}

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
/// <param name="Elapsed">From before its start to after its end.</param>
internal sealed record PeerOutput(int ExitCode, string Output, string Errors, TimeSpan Elapsed);
