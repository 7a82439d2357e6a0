namespace ConnectionReuse.Bench.Screen;

/// <summary>
/// Says on standard error what goes on when nothing else has said anything for a while: a line that the next one replaces on a
/// terminal, a line of its own elsewhere.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1.7);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.1);

    private readonly TextWriter _errors;
    private readonly bool _terminal;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private volatile string _doing;
    private long _heard;
    private bool _shown;
    private bool _ended;

    /// <summary>Starts listening for silence.</summary>
    /// <param name="errors">Standard error itself, by no writer that others use.</param>
    /// <param name="terminal">Whether it is a terminal.</param>
    /// <param name="doing">What goes on until something else is said.</param>
    /// <param name="time">Measures the silence.</param>
    public Heartbeat(TextWriter errors, bool terminal, string doing, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_errors, _terminal, _doing, _time) = (errors, terminal, doing, time);
        _start = _heard = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Look(), null, BetweenLooks, BetweenLooks);
    }

    /// <summary>Something is about to be written on a stream of the console.</summary>
    public void Heard()
    {
        Volatile.Write(ref _heard, _time.GetTimestamp());
        if (!_lock.TryEnter())
        {
            return; // who has it is writing, and may wait for the very console on which something is about to be written
        }

        try
        {
            Erase();
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>A line is about to be written on standard error: it is what goes on from now.</summary>
    public void Heard(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith('[') && !line.Contains('\u001b', StringComparison.Ordinal))
        {
            _doing = line;
        }

        Heard();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            Erase();
        }

        _timer.Dispose();
    }

    private void Look()
    {
        lock (_lock)
        {
            if (_ended || _time.GetElapsedTime(Volatile.Read(ref _heard)) < Silence)
            {
                return;
            }

            var line = StatusLine.Elapsed(_time.GetElapsedTime(_start)) + _doing;
            if (_terminal)
            {
                Erase();
                _errors.Write($"{line}\r"); // a child that writes to the same terminal overwrites it
                _shown = true;
            }
            else
            {
                _errors.WriteLine(line);
            }

            _errors.Flush();
            Volatile.Write(ref _heard, _time.GetTimestamp());
        }
    }

    private void Erase()
    {
        if (_shown)
        {
            _errors.Write("\r\u001b[K");
            _shown = false;
        }
    }
}
