using Microsoft.Extensions.Logging;

namespace ConnectionReuse.Bench.Transcript;

/// <summary>Lines of a transcript that no event of the runtime caused: what was typed, and what it gave.</summary>
internal static class TranscriptLog
{
    public static void Line(ILogger logger, string text) => logger.Log(LogLevel.Debug, default, text, null, static (line, _) => line);

    public static void Typed(ILogger logger, string statement) => Line(logger, $">>> {statement}");
}
