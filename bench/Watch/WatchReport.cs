using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Watch;

/// <summary>What came of watching an application.</summary>
internal sealed record WatchReport
{
    /// <summary>The version of this format that is written.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of this format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>The id of its process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The version of its runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>When watching began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it was watched.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why watching ended.</summary>
    public required WatchEnd EndedBy { get; init; }

    /// <summary>Events that the application dropped, because they came faster than they were read: what they told is missing.</summary>
    public required int EventsLost { get; init; }

    /// <summary>What was counted.</summary>
    public required WatchCounts Counts { get; init; }
}

/// <summary>Why watching ended.</summary>
internal enum WatchEnd
{
    /// <summary>The user wanted it.</summary>
    Interrupted,

    /// <summary>The time was over.</summary>
    Duration,

    /// <summary>The application ended.</summary>
    Application,
}

/// <summary>JSON of a report, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(WatchNameConverter<WatchEnd>), typeof(WatchNameConverter<ReuseCause>)])]
[JsonSerializable(typeof(WatchReport))]
internal sealed partial class WatchJson : JsonSerializerContext;

/// <summary>Names of an enumeration in camel case.</summary>
internal sealed class WatchNameConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
