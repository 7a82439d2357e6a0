using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>What a project wants of its gate, from a file of its own.</summary>
/// <param name="Rows">The rows that want something else, by their names, such as <c>kestrel-http fresh</c>; <c>*</c> stands for any target or client.</param>
/// <param name="MissingInBase">What a client is that head has and base has not.</param>
/// <param name="UnbuildableBase">What a base is that does not build; null to end without a verdict.</param>
internal sealed record GatePolicy(
    IReadOnlyDictionary<string, RowPolicy>? Rows = null, PolicyVerdict MissingInBase = PolicyVerdict.Pass, PolicyVerdict? UnbuildableBase = null)
{
    /// <summary>Where nobody wants anything else.</summary>
    public static GatePolicy Default { get; } = new();

    /// <summary>What is wanted of a row: by its full name, else by its client, else by its target, else of every row.</summary>
    /// <param name="name">The row's name, such as <c>kestrel-http fresh</c>.</param>
    public RowPolicy Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] words = name.Split(' ', 2);
        string[] keys = words is [var target, var client] ? [name, $"* {client}", $"{target} *", "*"] : [name, "*"];
        return keys.Select(key => Rows?.GetValueOrDefault(key)).FirstOrDefault(row => row is not null) ?? RowPolicy.Default;
    }

    /// <summary>What is wanted of the rows together, by that name; null where nothing is.</summary>
    [JsonIgnore]
    public RowPolicy? OfTogether => Rows?.GetValueOrDefault(TimeVerdicts.Together);

    /// <summary>Reads a policy.</summary>
    /// <exception cref="FormatException">It is none; the message is one line.</exception>
    public static GatePolicy Parse(string json)
    {
        try
        {
            var policy = JsonSerializer.Deserialize(json, GatePolicyJson.Default.GatePolicy) ?? throw new FormatException("it is empty");
            return policy.Rows?.FirstOrDefault(row => row.Value is null || row.Value.Time is <= 0 or > 10 || row.Value.BytesPerRequest is <= 0) is { Key: { } wrong }
                ? throw new FormatException($"rows: '{wrong}': time is a share such as 0.05, bytesPerRequest a number above 0")
                : policy;
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message.Split('\n')[0], e);
        }
    }
}

/// <summary>What is wanted of some rows.</summary>
/// <param name="Time">The least slowdown that counts, as a share; null for the gate's own.</param>
/// <param name="BytesPerRequest">The least growth in allocated bytes per request that counts; null for the gate's own.</param>
/// <param name="Blocks">Whether the row's verdict decides; else it is advice.</param>
internal sealed record RowPolicy(double? Time = null, double? BytesPerRequest = null, bool Blocks = true)
{
    /// <summary>Nothing of its own.</summary>
    public static RowPolicy Default { get; } = new();
}

/// <summary>What a policy makes of what could not be compared.</summary>
internal enum PolicyVerdict
{
    /// <summary>Nothing to object to.</summary>
    Pass,

    /// <summary>The gate cannot tell.</summary>
    Inconclusive,

    /// <summary>The gate fails.</summary>
    Fail,
}

/// <summary>A policy applied to verdicts.</summary>
internal static class PolicyVerdicts
{
    /// <summary>The rows, of which those that do not block are advice.</summary>
    public static IReadOnlyList<GateRow> Under(this IEnumerable<GateRow> rows, GatePolicy policy) =>
        [.. rows.Select(row => Blocks(row.Name, policy) ? row : row with { Decides = false })];

    /// <summary>The row of a client that base lacks.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="policy">Says what that is.</param>
    public static GateRow Missing(string name, GatePolicy policy) => new()
    {
        Name = name,
        Measure = GateMeasure.Connections,
        Verdict = Verdict(policy.MissingInBase),
        Reason = "base has no such client: nothing to compare it with",
        Decides = policy.MissingInBase != PolicyVerdict.Pass,
    };

    // The rows together are those that block.
    private static bool Blocks(string name, GatePolicy policy) => name == TimeVerdicts.Together ? policy.OfTogether?.Blocks ?? true : policy.Of(name).Blocks;

    /// <summary>A policy's word as a verdict.</summary>
    public static GateVerdict Verdict(PolicyVerdict verdict) => verdict switch
    {
        PolicyVerdict.Pass => GateVerdict.Ok,
        PolicyVerdict.Inconclusive => GateVerdict.Inconclusive,
        PolicyVerdict.Fail => GateVerdict.Regression,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}

/// <summary>JSON of a policy, without reflection; a member that it does not know is an error, because it would be ignored otherwise.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(GatePolicy))]
internal sealed partial class GatePolicyJson : JsonSerializerContext;
