using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Checks;

/// <summary>One run of the comparison, kept for what its intervals are worth.</summary>
/// <param name="Kind">Beside what it ran, or what it compared: one of <see cref="PrecisionRecord.Kinds"/>.</param>
/// <param name="Machine">The kind of machine, such as <c>linux-x64-2</c>.</param>
/// <param name="Start">When it started.</param>
/// <param name="Commit">The program's commit; null outside a repository.</param>
/// <param name="DurationSeconds">How long it took.</param>
/// <param name="ExitCode">How it ended; 0 for a run in which all went as it should.</param>
/// <param name="Ratios">What it found.</param>
/// <param name="Method">How rows took turns: runs of another method say nothing of this one (see <see cref="CurrentMethod"/>).</param>
internal sealed record PrecisionRun(
    string Kind, string Machine, DateTimeOffset Start, string? Commit, double DurationSeconds, int ExitCode, IReadOnlyList<PrecisionRatio> Ratios, int Method = 1)
{
    /// <summary>
    /// To be raised when warm-up or turns change. 1: 16 turns without TLS, 6 with it, of 3 iterations where the connection is reused.
    /// 2: 10 and 4, of 8 and 12 iterations; the first call in a turn of its own. 3: a rest before each iteration, once the counters
    /// were read, and no asynchronous method between a row and its client.
    /// </summary>
    public const int CurrentMethod = 3;

    /// <summary>What a result file says.</summary>
    public static PrecisionRun Of(string kind, string machine, ResultFile result, int exitCode) => new(
        kind,
        machine,
        result.Start,
        result.Environment.Commit,
        result.Runs.Sum(run => run.DurationSeconds ?? 0),
        exitCode,
        [.. result.Ratios.Select(ratio => new PrecisionRatio(ratio.Target, ratio.Slow, ratio.Fast, ratio.Value, ratio.Low, ratio.High, ratio.Rounds, SpreadOf(ratio, result)))],
        CurrentMethod);

    /// <summary>The run as one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PrecisionJson.Default.PrecisionRun);

    /// <summary>The run that a line holds.</summary>
    /// <exception cref="JsonException">The line is no run.</exception>
    public static PrecisionRun Parse(string line) => JsonSerializer.Deserialize(line, PrecisionJson.Default.PrecisionRun)
        ?? throw new JsonException("not a run of the precision record");

    private static RatioSpread? SpreadOf(ResultRatio ratio, ResultFile result) =>
        RowGroup.Of(result.Rows).Where(group => group.Has(ratio)).SelectMany(RowPair.Of)
            .Where(pair => pair.Slow.Client == ratio.Slow && pair.Fast.Client == ratio.Fast)
            .Select(RatioSpread.Of).FirstOrDefault();
}

/// <summary>A ratio of a run, with its interval.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Slow">The client in the numerator.</param>
/// <param name="Fast">The client in the denominator.</param>
/// <param name="Value">The ratio.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="Rounds">The rounds it comes from.</param>
/// <param name="Spread">What makes its rounds differ; null where the rows took no turns.</param>
internal sealed record PrecisionRatio(string Target, string Slow, string Fast, double Value, double Low, double High, int Rounds, RatioSpread? Spread = null)
{
    /// <summary>Whether the interval holds 1, so that the table prints <c>~</c>.</summary>
    public bool HoldsOne => Holds(1);

    /// <summary>How far the interval reaches from the value, as a share of it, to the side where that is more.</summary>
    [JsonIgnore]
    public double Width => Math.Max(High / Value, Value / Low) - 1;

    /// <summary>What was compared, such as <c>kestrel-http fresh/shared</c>.</summary>
    [JsonIgnore]
    public string Name => $"{Target} {Slow}/{Fast}";

    /// <summary>The standard error of the value's logarithm, as the run's rounds tell it.</summary>
    [JsonIgnore]
    public double StandardError => LogInterval.StandardErrorOf(Low, High, Rounds);

    /// <summary>Whether the interval holds a value.</summary>
    public bool Holds(double value) => Low <= value && value <= High;
}

/// <summary>JSON of the record, without reflection; a run is one line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PrecisionRun))]
internal sealed partial class PrecisionJson : JsonSerializerContext;
