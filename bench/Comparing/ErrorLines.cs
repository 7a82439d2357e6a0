using System.Text;
using BenchmarkDotNet.Loggers;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>Keeps what BenchmarkDotNet logs as an error, whether or not its log is shown.</summary>
internal sealed class ErrorLines : ILogger
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    /// <inheritdoc/>
    public string Id => nameof(ErrorLines);

    /// <inheritdoc/>
    public int Priority => 0;

    /// <inheritdoc/>
    public void Write(LogKind logKind, string text)
    {
        if (logKind == LogKind.Error)
        {
            lock (_lock)
            {
                _text.Append(text);
            }
        }
    }

    /// <inheritdoc/>
    public void WriteLine()
    {
    }

    /// <inheritdoc/>
    public void WriteLine(LogKind logKind, string text) => Write(logKind, text + '\n');

    /// <inheritdoc/>
    public void Flush()
    {
    }
}
