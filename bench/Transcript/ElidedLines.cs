using Microsoft.Extensions.Logging;

namespace ConnectionReuse.Bench.Transcript;

/// <summary>
/// Passes on the first and the last three of many log lines, with dots between, as the documented session shows a
/// hundred of them.
/// </summary>
/// <param name="logger">Where the lines go.</param>
internal sealed class ElidedLines(ILogger logger) : ILogger, IDisposable
{
    private const int Shown = 3;

    private readonly Queue<string> _last = new();
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>Lines so far, shown or not.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        lock (_lock)
        {
            _count++;
            if (_count <= Shown)
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
                return;
            }

            _last.Enqueue(formatter(state, exception));
            if (_last.Count > Shown)
            {
                _last.Dequeue();
            }
        }
    }

    /// <summary>Shows the last lines.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_count > 2 * Shown)
            {
                TranscriptLog.Line(logger, "...");
            }

            while (_last.TryDequeue(out var line))
            {
                TranscriptLog.Line(logger, line);
            }
        }
    }
}
