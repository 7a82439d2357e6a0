using ConnectionReuse.Measuring;

namespace ConnectionReuse.Tests.Measuring;

/// <summary>A station without a process: it answers each line that it is told as a function says.</summary>
internal sealed class FakeStation : IRunningStation
{
    private readonly Func<string[], string?> _answer;
    private readonly Queue<string?> _answers = new([$"station {StationProtocol.Version} c0ffee"]);
    private bool _hasSetup;

    public FakeStation(string name, Func<string[], string?> answer)
    {
        _answer = answer;
        Station = new Station(name, new Answers(this), new Questions(this), TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    public Station Station { get; }

    public int ProcessId => 0;

    /// <summary>Every command, in order.</summary>
    public List<string> Asked { get; } = [];

    public string? Setup { get; private set; }

    public bool Ended { get; private set; }

    public ValueTask DisposeAsync()
    {
        Ended = true;
        return ValueTask.CompletedTask;
    }

    /// <summary>What a station says of calls that take so long each.</summary>
    public static string Run(double secondsPerCall, int calls) => FormattableString.Invariant(
        $"run {secondsPerCall * calls:R} {string.Join(' ', Enumerable.Repeat((long)(secondsPerCall * 1e9), calls))}");

    private void Hear(string line)
    {
        if (!_hasSetup)
        {
            (_hasSetup, Setup) = (true, line);
            return;
        }

        Asked.Add(line);
        _answers.Enqueue(_answer(line.Split(' ')));
    }

    private sealed class Questions(FakeStation station) : StringWriter
    {
        public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            station.Hear(buffer.ToString());
            return Task.CompletedTask;
        }
    }

    private sealed class Answers(FakeStation station) : TextReader
    {
        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => ValueTask.FromResult(station._answers.Dequeue());
    }
}
