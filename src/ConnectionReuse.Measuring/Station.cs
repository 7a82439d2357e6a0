using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ConnectionReuse.Results;

namespace ConnectionReuse.Measuring;

/// <summary>A process that holds clients and makes calls when it is asked to, seen from the one that asks.</summary>
/// <param name="name">What messages call it, such as <c>head</c>.</param>
/// <param name="output">What the station says.</param>
/// <param name="input">What it is told.</param>
/// <param name="patience">How long an answer may take, its calls aside.</param>
/// <param name="time">Measures the patience.</param>
internal sealed class Station(string name, TextReader output, TextWriter input, TimeSpan patience, TimeProvider time)
{
    /// <summary>What messages call it.</summary>
    public string Name => name;

    /// <summary>How much longer an answer may take for each call in it.</summary>
    public TimeSpan PatiencePerCall { get; init; }

    /// <summary>What the process complained about before it ended; null where nobody knows.</summary>
    public Func<Task<string?>> Complaint { get; init; } = () => Task.FromResult<string?>(null);

    /// <summary>Reads the greeting and hands over the setup.</summary>
    /// <returns>The commit that the station says it is.</returns>
    /// <exception cref="IOException">The station is gone, silent, or of another version.</exception>
    public async Task<string> GreetAsync(StationSetup setup, CancellationToken cancellationToken)
    {
        var greeting = await ReadOrNullAsync("its greeting", 0, cancellationToken) ?? throw await GoneBeforeGreetingAsync();
        var commit = StationProtocol.CommitOf(name, greeting);
        await WriteAsync(JsonSerializer.Serialize(setup, StationJson.Default.StationSetup), cancellationToken);
        return commit;
    }

    /// <summary>Lets the station compile everything.</summary>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public Task WarmAsync(CancellationToken cancellationToken) => AskAsync(StationProtocol.Warm, cancellationToken);

    /// <summary>Lets the station compile what it runs for one target.</summary>
    /// <exception cref="FailedAnswerException">The target that it warms up on does not answer.</exception>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public Task WarmAsync(string target, CancellationToken cancellationToken) => AskAsync($"{StationProtocol.Warm} {target}", cancellationToken);

    /// <summary>Makes the first, untimed calls to a target.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="connect">Whether reusing clients open their connections; else another client asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="FailedAnswerException">The target does not answer.</exception>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public Task OpenAsync(string target, bool connect, CancellationToken cancellationToken) =>
        AskAsync($"{StationProtocol.Open} {target} {(connect ? "all" : "one")}", cancellationToken, calls: 1);

    /// <summary>Times some calls.</summary>
    /// <param name="row">The row.</param>
    /// <param name="lead">Calls before, untimed: the caches are another one's.</param>
    /// <param name="calls">Calls that are timed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public async Task<TimedBlock> RunAsync(StationRow row, int lead, int calls, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(string.Create(CultureInfo.InvariantCulture, $"{StationProtocol.Run} {row} {lead} {calls}"), cancellationToken, lead + calls);
        string[] words = answer.Split(' ');
        return Seconds(words[0], 1) is { } seconds && (words.Length == calls + 1 || words.Length == 1) && words.Skip(1).Select(word => Seconds(word, 1e-9)).OfType<double>().ToArray() is var each && each.Length == words.Length - 1
            ? new TimedBlock(seconds, calls, each)
            : throw Garbage(answer, "seconds");
    }

    /// <summary>Makes the first call of the process.</summary>
    /// <returns>What it took, in seconds.</returns>
    /// <exception cref="FailedAnswerException">It failed.</exception>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public async Task<double> FirstAsync(StationRow row, CancellationToken cancellationToken)
    {
        var answer = await AskAsync($"{StationProtocol.First} {row}", cancellationToken, calls: 1);
        return Seconds(answer, 1) ?? throw Garbage(answer, "seconds");
    }

    /// <summary>Times and counts some calls.</summary>
    /// <exception cref="FailedAnswerException">A call failed.</exception>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public Task<CountedBlock> CountAsync(StationRow row, int lead, int calls, CancellationToken cancellationToken) =>
        AskAsync($"{StationProtocol.Count} {row} {lead} {calls}", StationJson.Default.CountedBlock, "counts", lead + calls, cancellationToken);

    /// <summary>Counts some calls of a pattern that has no part in the timing.</summary>
    /// <exception cref="FailedAnswerException">A call failed.</exception>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public Task<CountedBlock> ProveAsync(StationRow row, int calls, CancellationToken cancellationToken) =>
        AskAsync($"{StationProtocol.Prove} {row} {calls}", StationJson.Default.CountedBlock, "counts", calls, cancellationToken);

    /// <summary>Tells where the time of a row's calls goes.</summary>
    /// <exception cref="FailedAnswerException">A call failed.</exception>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public Task<PhaseTimes> PhasesAsync(StationRow row, int blocks, int warmUps, int calls, CancellationToken cancellationToken) =>
        AskAsync($"{StationProtocol.Phases} {row} {blocks} {warmUps} {calls}", StationJson.Default.PhaseTimes, "phases", blocks * (warmUps + calls), cancellationToken);

    /// <summary>Slows the row down from now on.</summary>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public Task SlowAsync(StationRow row, double seconds, CancellationToken cancellationToken) =>
        AskAsync(string.Create(CultureInfo.InvariantCulture, $"{StationProtocol.Slow} {row} {(int)(seconds * 1e9)}"), cancellationToken);

    /// <summary>The ids of the build's client patterns; none where it is too old to be asked.</summary>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public async Task<IReadOnlyList<string>> PatternsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await AskAsync(StationProtocol.Patterns, cancellationToken)).Split(' ');
        }
        catch (FailedAnswerException)
        {
            return [];
        }
    }

    private static double? Seconds(string word, double unit) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) ? number * unit : null;

    private async Task<T> AskAsync<T>(string question, JsonTypeInfo<T> type, string expected, int calls, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(question, cancellationToken, calls);
        try
        {
            return JsonSerializer.Deserialize(answer, type) ?? throw Garbage(answer, expected);
        }
        catch (JsonException)
        {
            throw Garbage(answer, expected);
        }
    }

    private async Task<string> AskAsync(string question, CancellationToken cancellationToken, int calls = 0)
    {
        await WriteAsync(question, cancellationToken);
        var word = question.Split(' ')[0];
        var answer = await ReadOrNullAsync($"'{question}'", calls, cancellationToken) ?? throw Gone($"'{question}'", await Complaint());
        return answer.Split(' ', 2) switch
        {
            [StationProtocol.Failed, var reason] => throw new FailedAnswerException($"{name} failed at '{question}': {StationProtocol.Shortened(reason)}", StationProtocol.Shortened(reason, StationProtocol.LongestReason)),
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

    private async Task<string?> ReadOrNullAsync(string question, int calls, CancellationToken cancellationToken)
    {
        var limit = patience + (calls * PatiencePerCall);
        using var patient = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patient.Token, cancellationToken);
        try
        {
            return await output.ReadLineAsync(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{name} did not answer {question} within {limit.TotalSeconds:0} s", e);
        }
    }

    private IOException Gone(string question, string? complaint) =>
        new($"{name} is gone: it ended before it answered {question}{(complaint is null ? string.Empty : $"; it said '{StationProtocol.Shortened(complaint)}'")}");

    // A build from before the stations does not know how they are started, and says so.
    private async Task<IOException> GoneBeforeGreetingAsync()
    {
        var complaint = await Complaint();
        return complaint is not null && StationProtocol.Arguments.Any(word => complaint.Contains(word, StringComparison.Ordinal))
            ? StationProtocol.OtherVersion(name, "an older version")
            : Gone("its greeting", complaint);
    }

    private IOException Garbage(string answer, string expected) =>
        new($"{name} said '{StationProtocol.Shortened(answer)}' where {expected} should be");
}
