using System.Text.Json.Serialization;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>What the page's script reads: figures as numbers to draw, and as text to show, so that both round alike.</summary>
/// <param name="Groups">The comparisons, in the order of the chooser.</param>
/// <param name="Rows">Every row of the file, in the order of the table.</param>
/// <param name="Links">Ratios by round trip.</param>
/// <param name="Chosen">The comparison that the answer is of.</param>
/// <param name="Percents">What <see cref="PageRow.Quantiles"/> are at.</param>
internal sealed record PageData(
    IReadOnlyList<PageGroup> Groups, IReadOnlyList<PageRow> Rows, IReadOnlyList<PageLink> Links, int Chosen, IReadOnlyList<double> Percents);

/// <summary>A comparison.</summary>
/// <param name="Name">What the chooser calls it.</param>
/// <param name="Kind">The heading that it stands under in the chooser.</param>
/// <param name="Slow">The row that opens connections, by its place in <see cref="PageData.Rows"/>; null without a ratio.</param>
/// <param name="Fast">The row that it is held against; null without a ratio.</param>
internal sealed record PageGroup(string Name, string Kind, int? Slow, int? Fast)
{
    /// <summary>Whether it is of the comparison itself and not of a question of its own.</summary>
    [JsonIgnore]
    public bool IsPlain { get; init; }
}

/// <summary>A row: times in milliseconds per call.</summary>
internal sealed record PageRow
{
    /// <summary>Its comparison, by its place in <see cref="PageData.Groups"/>.</summary>
    public required int Group { get; init; }

    public required string Client { get; init; }

    /// <summary>Whether it keeps its connection.</summary>
    public bool Reuses { get; init; }

    /// <summary>Whether it is a bare socket.</summary>
    public bool Bare { get; init; }

    public required int Requests { get; init; }

    public double? Time { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>The time in words; why there is none where there is none.</summary>
    public required string Text { get; init; }

    /// <summary>Its interval in words.</summary>
    public string? Interval { get; init; }

    /// <summary>Connections that carried an iteration's requests.</summary>
    public double? Connections { get; init; }

    /// <summary>The same in words.</summary>
    [JsonIgnore]
    public string? ConnectionsText { get; init; }

    /// <summary>TLS handshakes in words.</summary>
    public string? Handshakes { get; init; }

    public PageRatio? Ratio { get; init; }

    /// <summary>What to use instead; null where the pattern is no mistake.</summary>
    public string? Remedy { get; init; }

    /// <summary>Why it is not, or not wholly, as declared.</summary>
    public string? Reason { get; init; }

    /// <summary>Every sample, round by round.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Samples { get; init; }

    /// <summary>First calls of fresh processes.</summary>
    public IReadOnlyList<double>? First { get; init; }

    /// <summary>Percentiles of single calls, at <see cref="PageData.Percents"/>.</summary>
    public IReadOnlyList<double>? Quantiles { get; init; }

    /// <summary>How many calls those are.</summary>
    public int? Calls { get; init; }

    /// <summary>The phases of a call, as <see cref="PagePhases.Names"/> lists them.</summary>
    public IReadOnlyList<double>? Phases { get; init; }
}

/// <summary>A ratio, in numbers and in words.</summary>
/// <param name="Value">How many times faster reuse is.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
/// <param name="Saved">In milliseconds per call.</param>
/// <param name="Text">The ratio in words.</param>
/// <param name="Interval">Its interval in words.</param>
/// <param name="SavedText">What is saved in words.</param>
/// <param name="Against">The client that reuses.</param>
/// <param name="Undecided">Whether the interval holds 1.</param>
internal sealed record PageRatio(double Value, double Low, double High, double Saved, string Text, string Interval, string SavedText, string Against, bool Undecided);

/// <summary>A ratio by round trip.</summary>
/// <param name="Name">The target and the client.</param>
/// <param name="Limit">What it cannot exceed where round trips decide.</param>
/// <param name="Points">From the shortest round trip to the longest.</param>
internal sealed record PageLink(string Name, double Limit, IReadOnlyList<PageLinkPoint> Points);

/// <summary>One link.</summary>
/// <param name="Rtt">Its round trip in milliseconds; 0 on loopback.</param>
/// <param name="Ratio">What reuse is over it.</param>
internal sealed record PageLinkPoint(double Rtt, PageRatio Ratio);

// The encoder is the one that leaves no mark of HTML in a text.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PageData))]
internal sealed partial class PageJsonContext : JsonSerializerContext;
