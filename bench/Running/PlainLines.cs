using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ConnectionReuse.Bench.Running;

/// <summary>Logs messages alone, one a line, like the documented session's <c>format="%(message)s"</c>.</summary>
internal sealed class PlainLines() : ConsoleFormatter(FormatterName)
{
    private const string FormatterName = "plain";

    /// <summary>A console log of messages alone; disposing it writes what is still queued.</summary>
    public static ILoggerFactory Factory() => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Debug)
        .AddConsole(console => console.FormatterName = FormatterName)
        .AddConsoleFormatter<PlainLines, ConsoleFormatterOptions>());

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        textWriter.WriteLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
    }
}
