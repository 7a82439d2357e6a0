using System.Globalization;
using System.Text.Json.Nodes;
using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>
/// A result as dotnet/crank's agent takes it from a program's standard output (its docs/measurements.md): metadata and
/// measurements as JSON between two marks.
/// </summary>
internal static class CrankStatistics
{
    /// <summary>The measurement that holds the whole result file.</summary>
    public const string Results = "reuse/results";

    /// <summary>The measurement that says how the program ended.</summary>
    public const string ExitCode = "reuse/exit-code";

    private const string Begin = "#StartJobStatistics";
    private const string End = "#EndJobStatistics";

    /// <summary>
    /// The three lines. What is between the marks stands on one of them, because the agent keeps the last 10,000 lines only, and puts
    /// those of standard error among them; and it is ASCII, whatever the console's encoding is.
    /// </summary>
    /// <param name="result">What was found; null where nothing was.</param>
    /// <param name="exitCode">How the program ends.</param>
    /// <param name="now">The time of every measurement.</param>
    public static string Block(ResultFile? result, int exitCode, DateTimeOffset now)
    {
        Measure[] measures =
        [
            .. result is null ? [] : Of(result),
            new(ExitCode, exitCode, "exit code", "How the program ended: 0 done, 1 what was asked does not hold, 2 wrong use, 4 could not measure, 130 interrupted", "n0", Operation.Max),
        ];
        var time = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        var statistics = new JsonObject
        {
            ["Metadata"] = new JsonArray([.. measures.Select(measure => (JsonNode)new JsonObject
            {
                ["Source"] = "connection-reuse",
                ["Name"] = measure.Name,
                ["Aggregate"] = measure.Operation.ToString(),
                ["Reduce"] = measure.Operation.ToString(),
                ["Format"] = measure.Format,
                ["ShortDescription"] = measure.Short,
                ["LongDescription"] = measure.Long,
            })]),
            ["Measurements"] = new JsonArray([.. measures.Select(measure => (JsonNode)new JsonObject
            {
                ["Name"] = measure.Name,
                ["Timestamp"] = time,
                ["Value"] = measure.Value,
            })]),
        };
        return $"{Begin}\n{statistics.ToJsonString()}\n{End}\n";
    }

    private static IEnumerable<Measure> Of(ResultFile result) =>
    [
        .. result.Rows.SelectMany(OfRow),
        .. result.Ratios.SelectMany(OfRatio),
        new(Results, JsonNode.Parse(ResultJson.Serialize(result))!.ToJsonString(), ResultFiles.Name, "The whole result file", "json", Operation.First),
    ];

    // What is not known is left out: crank takes null for 0.
    private static IEnumerable<Measure> OfRow(ResultRow row)
    {
        var (name, said) = ($"{NameOf(row.Target, row.Parameters)}/{row.Client}", RowIdentity.Of(row));
        var calls = string.Create(CultureInfo.InvariantCulture, $"{row.Requests} calls");
        if (ChartText.MillisecondsPerCall(row) is { } time)
        {
            yield return new($"{name}/ms-per-call", time.Value, $"{said}: ms/call", "The median of all iterations, in milliseconds", "n4", Operation.Median);
        }

        foreach (var (suffix, count, meaning) in (IEnumerable<(string, double?, string)>)
        [
            ("connections", row.PerIteration(counts => counts.Carrying), $"connections that carry {calls}"),
            ("connections-opened", row.PerIteration(counts => counts.Opened), $"connections opened in {calls}"),
            ("handshakes-full", row.PerIteration(counts => counts.FullHandshakes), $"full TLS handshakes in {calls}"),
            ("handshakes-resumed", row.PerIteration(counts => counts.ResumedHandshakes), $"resumed TLS handshakes in {calls}"),
        ])
        {
            if (count is { } counted)
            {
                yield return new($"{name}/{suffix}", counted, $"{said}: {meaning}", "The mean over iterations, as both ends counted", "0.##", Operation.Max);
            }
        }

        yield return new(
            $"{name}/failures",
            row.Status is RowStatus.Measured or RowStatus.Unsupported ? row.Failures : Math.Max(1, row.Failures),
            $"{said}: failures",
            "Calls that failed; at least 1 where the row is not as declared, or is not complete",
            "n0",
            Operation.Max);
    }

    private static IEnumerable<Measure> OfRatio(ResultRatio ratio)
    {
        var name = $"{NameOf(ratio.Target, ratio.Parameters)}/{ratio.Slow}-over-{ratio.Fast}";
        var said = $"{ratio.Target}{ParameterText.Suffix(ratio.Parameters)}: {ratio.Slow} / {ratio.Fast}";
        yield return new(name, ratio.Value, $"{said} (x)", "How many times slower, the geometric mean over rounds", "n2", Operation.Median);
        yield return new($"{name}/low", ratio.Low, $"{said}, low end (x)", "The interval's lower end", "n2", Operation.Min);
        yield return new($"{name}/high", ratio.High, $"{said}, high end (x)", "The interval's upper end", "n2", Operation.Max);
    }

    private static string NameOf(string target, RowParameters parameters) =>
        $"reuse/{string.Join('-', ((string[])[target, ChartText.Slug($"{parameters.Url}{ParameterText.Suffix(parameters)}")]).Where(part => part.Length > 0))}";

    // Of those that crank knows, the ones that are used here: how it makes one value of several, of one client or of several clients.
    private enum Operation
    {
        First,
        Median,
        Min,
        Max,
    }

    private sealed record Measure(string Name, JsonNode Value, string Short, string Long, string Format, Operation Operation);
}
