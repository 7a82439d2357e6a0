using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>Why BenchmarkDotNet launched no process for a benchmark, in one line.</summary>
internal static class WhyNotRun
{
    private const string ThrownBefore = "Exception: "; // how .NET prints one: its type, then its message
    private const string ExceptionMessage = "Message: "; // how BenchmarkDotNet begins the line of an exception's message

    /// <summary>The reason: of the benchmark itself, else of the run, which ends when every build has failed.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="summaries">What BenchmarkDotNet says of the run.</param>
    /// <param name="errors">What it logged as errors, line by line.</param>
    public static string Of(BenchmarkCase benchmark, IReadOnlyList<Summary> summaries, IEnumerable<string> errors)
    {
        ArgumentNullException.ThrowIfNull(summaries);
        BuildResult[] builds = [.. summaries.SelectMany(summary => summary.Reports).OrderBy(report => report.BenchmarkCase != benchmark).Select(report => report.BuildResult)];
        return builds.Select(Failure).OfType<string>()
            .Concat(summaries.SelectMany(summary => summary.ValidationErrors).Where(error => error.IsCritical).Select(error => FirstLine(error.Message)).OfType<string>())
            .Concat(errors.Select(FirstLine).OfType<string>())
            .FirstOrDefault() ?? "BenchmarkDotNet ran nothing and gave no reason; its log, beside the result, may tell";
    }

    /// <summary>The message of the innermost exception that a benchmark's process printed before it ended.</summary>
    /// <param name="printed">What it printed, line by line.</param>
    public static string Thrown(IEnumerable<string> printed) =>
        printed.LastOrDefault(line => line.Contains(ThrownBefore, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(ThrownBefore, StringComparison.Ordinal) + ThrownBefore.Length)..].TrimEnd()
            : "its process ended before that";

    private static string? Failure(BuildResult? build) => build is null or { IsBuildSuccess: true } ? null
        : $"the program of the benchmarks could not be built beside this one: {(build.GenerateException is { } thrown ? FirstLine(thrown.Message) : Message(build.ErrorMessage))}";

    private static string Message(string? text)
    {
        string[] lines = Lines(text);
        return lines.FirstOrDefault(line => line.StartsWith(ExceptionMessage, StringComparison.Ordinal)) is { } message ? message[ExceptionMessage.Length..].TrimEnd(',')
            : lines.FirstOrDefault() ?? "no reason was given";
    }

    private static string? FirstLine(string? text) => Lines(text).FirstOrDefault()?.TrimStart('/', ' ');

    private static string[] Lines(string? text) => (text ?? string.Empty).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
