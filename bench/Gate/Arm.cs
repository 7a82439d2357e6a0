using System.Globalization;
using ConnectionReuse.Reporting.Gate;

namespace ConnectionReuse.Bench.Gate;

/// <summary>The gate's end of a client process: a question, and the one answer that fits.</summary>
/// <param name="name">The arm, such as <c>head</c>, for whoever reads what went wrong.</param>
/// <param name="output">What the client says.</param>
/// <param name="input">What it is told.</param>
/// <param name="patience">How long an answer may take.</param>
/// <param name="time">Measures the patience.</param>
public sealed class Arm(string name, TextReader output, TextWriter input, TimeSpan patience, TimeProvider time)
{
    /// <summary>The arm's name.</summary>
    public string Name => name;

    /// <summary>What the client complained about before it ended; null where nobody knows.</summary>
    public Func<string?> Complaint { get; init; } = () => null;

    /// <summary>Reads the greeting and hands over the setup.</summary>
    /// <returns>The commit that the client says it is.</returns>
    /// <exception cref="IOException">The client is gone, silent, or of another version.</exception>
    public async Task<string> GreetAsync(string setup, CancellationToken cancellationToken)
    {
        var commit = GateProtocol.CommitOf(name, await ReadAsync("its greeting", cancellationToken));
        await WriteAsync(setup, cancellationToken);
        return commit;
    }

    /// <summary>Lets the client compile everything.</summary>
    /// <exception cref="IOException">The client is gone, silent, or says something else.</exception>
    public Task WarmAsync(CancellationToken cancellationToken) => AskAsync(GateProtocol.Warm, cancellationToken);

    /// <summary>Times some calls.</summary>
    /// <param name="key">The row.</param>
    /// <param name="lead">Calls before, untimed.</param>
    /// <param name="calls">Calls that are timed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Seconds per call.</returns>
    /// <exception cref="IOException">The client is gone, silent, or says something else.</exception>
    public async Task<double> RunAsync(GateKey key, int lead, int calls, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"{GateProtocol.Run} {key} {lead} {calls}"), cancellationToken);
        return double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && double.IsFinite(seconds)
            ? seconds / calls
            : throw Garbage(answer, "seconds");
    }

    /// <summary>Counts some calls.</summary>
    /// <exception cref="IOException">The client is gone, silent, or says something else.</exception>
    public Task<ArmCounts> CountAsync(GateKey key, int calls, CancellationToken cancellationToken) => CountsAsync(GateProtocol.Count, key, calls, cancellationToken);

    /// <summary>Slows the row down from now on.</summary>
    /// <exception cref="IOException">The client is gone, silent, or says something else.</exception>
    public Task SlowAsync(GateKey key, double seconds, CancellationToken cancellationToken) =>
        AskAsync(string.Create(CultureInfo.InvariantCulture, $"{GateProtocol.Slow} {key} {(int)(seconds * 1e9)}"), cancellationToken);

    /// <summary>The ids of the build's client patterns; none where it is too old to be asked.</summary>
    /// <exception cref="IOException">The client is gone, silent, or says something else.</exception>
    public async Task<IReadOnlyList<string>> PatternsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await AskAsync(GateProtocol.Patterns, cancellationToken)).Split(' ');
        }
        catch (FailedAnswerException)
        {
            return [];
        }
    }

    /// <summary>Counts some calls of a pattern that has no part in the timing.</summary>
    /// <exception cref="FailedAnswerException">A call failed.</exception>
    /// <exception cref="IOException">The client is gone, silent, or says something else.</exception>
    public Task<ArmCounts> ProveAsync(GateKey key, int calls, CancellationToken cancellationToken) => CountsAsync(GateProtocol.Prove, key, calls, cancellationToken);

    private async Task<ArmCounts> CountsAsync(string command, GateKey key, int calls, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"{command} {key} {calls}"), cancellationToken);
        try
        {
            return GateProtocol.Counts(answer);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Garbage(answer, "counts");
        }
    }

    private async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        await WriteAsync(question, cancellationToken);
        var word = question.Split(' ')[0];
        var answer = await ReadAsync($"'{question}'", cancellationToken);
        return answer.Split(' ', 2) switch
        {
            [GateProtocol.Failed, var reason] => throw new FailedAnswerException($"{name} failed at '{question}': {GateProtocol.Shortened(reason)}", GateProtocol.Shortened(reason)),
            [var said, .. var rest] when said == word => rest.FirstOrDefault() ?? string.Empty,
            _ => throw Garbage(answer, word),
        };
    }

    private async Task WriteAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteLineAsync(line.AsMemory(), cancellationToken);
            await input.FlushAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new IOException($"{name} is gone: its process has ended", e);
        }
    }

    private async Task<string> ReadAsync(string question, CancellationToken cancellationToken)
    {
        using var patient = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patient.Token, cancellationToken);
        try
        {
            return await output.ReadLineAsync(either.Token) ?? throw new IOException($"{name} is gone: it ended before it answered {question}{LastWords()}");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{name} did not answer {question} within {patience.TotalSeconds:0} s", e);
        }
    }

    private string LastWords() => Complaint() is { } complaint ? $"; it said '{GateProtocol.Shortened(complaint)}'" : string.Empty;

    private IOException Garbage(string answer, string expected) =>
        new($"{name} said '{GateProtocol.Shortened(answer)}' where {expected} should be");
}
