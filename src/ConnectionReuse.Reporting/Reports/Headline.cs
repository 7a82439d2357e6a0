using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A report in one sentence, with its interval and its scope.</summary>
internal static class Headline
{
    /// <summary>Said where no ratio can be.</summary>
    public const string None = "No ratio of a new HttpClient per call to a reused one was measured.";

    // The bare server says most about the client; WireMock.Net's own work dilutes the ratio.
    private static readonly (string Target, string Scope)[] Targets =
    [
        (TargetIds.KestrelHttps, "HTTPS, loopback, bare Kestrel"),
        (TargetIds.WireMockHttps, "HTTPS, loopback, WireMock.Net"),
        (TargetIds.KestrelHttp, "HTTP, loopback, bare Kestrel"),
        (TargetIds.WireMockHttp, "HTTP, loopback, WireMock.Net"),
        (TargetIds.Real, "a real URL, over the network"),
    ];

    /// <summary>Such as <c>Reusing one HttpClient is 7.4x faster than a new one per call (95% interval 7.1-7.7; HTTPS,
    /// loopback, bare Kestrel, 2 cores), saves 2.1 ms a call and opens 1 connection instead of 100.</c></summary>
    public static string Of(ResultFile file) => Parts(file) is { } parts ? string.Concat(parts.Select(part => part.Text)) : None;

    /// <summary>The sentence in parts; null where no ratio can be.</summary>
    internal static IReadOnlyList<AnswerPart>? Parts(ResultFile file) =>
        Found(file) is { } found ? Sentence(found.Group, found.Ratio, found.Scope, file.Environment) : null;

    /// <summary>The ratio that the sentence is of, with its comparison and its scope in words; null where none can be.</summary>
    internal static (RowGroup Group, ResultRatio Ratio, string Scope)? Found(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var found =
            from plain in (bool[])[true, false]
            from known in Targets
            from comparison in ReportParts.Of(file).LocalAndReal
            where comparison.Target == known.Target && ReportParts.IsPlain(comparison) == plain
            from ratio in file.Ratios
            where comparison.Has(ratio) && ratio is { Slow: ClientIds.Fresh, Fast: ClientIds.Shared }
            select ((RowGroup, ResultRatio, string)?)(comparison, ratio, ScopeOf(known.Scope, comparison) + ParameterText.Suffix(comparison.Parameters));
        return found.FirstOrDefault();
    }

    // Such as: HTTPS, network, round trip 0.3 ms, bare Kestrel.
    private static string ScopeOf(string scope, RowGroup comparison) =>
        comparison.Rows[0].RoundTripMilliseconds is null ? scope : scope.Replace(Regime.Loopback.Name, Regime.NameOf(comparison.Rows[0]), StringComparison.Ordinal);

    /// <summary>The sentence of one ratio, in parts.</summary>
    /// <param name="group">The comparison that the ratio is of.</param>
    /// <param name="ratio">The ratio.</param>
    /// <param name="scope">What it holds for.</param>
    /// <param name="environment">The machine.</param>
    internal static IReadOnlyList<AnswerPart> Sentence(RowGroup group, ResultRatio ratio, string scope, RunEnvironment environment)
    {
        var basis = $"{scope}, {(environment.LogicalCores == 1 ? "1 core" : $"{environment.LogicalCores} cores")}";
        if (RatioText.IsUndecided(ratio))
        {
            return [new($"Whether reusing one HttpClient is faster than a new one per call, these rounds cannot tell ({Interval(ratio.Value, ratio.Low, ratio.High).Range}; {basis}).")];
        }

        if (ratio.Value < 1)
        {
            var (slower, range) = Interval(1 / ratio.Value, 1 / ratio.High, 1 / ratio.Low);
            return [new($"Reusing one HttpClient is {slower}x slower", IsStrong: true), new($" than a new one per call ({range}; {basis}).")];
        }

        var (faster, interval) = Interval(ratio.Value, ratio.Low, ratio.High);
        return
        [
            new($"Reusing one HttpClient is {faster}x faster", IsStrong: true),
            new($" than a new one per call ({interval}; {basis}), "),
            new($"saves {Saved(group, ratio)} a call", IsStrong: true),
            new($"{Connections(group, ratio)}."),
        ];

        (string Value, string Range) Interval(double value, double low, double high)
        {
            var decimals = Figure.Decimals(value, low, high);
            return (Figure.Text(value, decimals), $"{Figure.Text(100 * ratio.Confidence, 0)}% interval {Figure.Text(low, decimals)}-{Figure.Text(high, decimals)}");
        }
    }

    /// <summary>A comparison's place among those that the headline may be of: the first one is told.</summary>
    internal static int Rank(RowGroup group) =>
        (ReportParts.IsPlain(group) ? 0 : Targets.Length) + Targets.TakeWhile(known => known.Target != group.Target).Count();

    // As many decimals as the slower row's own interval allows: it is the wider one.
    private static string Saved(RowGroup group, ResultRatio ratio)
    {
        var slow = group.Rows.FirstOrDefault(row => row.Client == ratio.Slow) is { } row ? ChartText.MillisecondsPerCall(row) : null;
        return $"{Figure.Text(ratio.SavedMillisecondsPerCall, Figure.Decimals(slow?.Value ?? ratio.SavedMillisecondsPerCall, slow?.Low, slow?.High))} ms";
    }

    private static string Connections(RowGroup group, ResultRatio ratio)
    {
        double? Of(string client) => group.Rows.FirstOrDefault(row => row.Client == client)?.PerIteration(counts => counts.Carrying);
        return (Of(ratio.Fast), Of(ratio.Slow)) is ({ } reused, { } opened)
            ? $" and opens {Figure.Count(reused)} {(reused == 1 ? "connection" : "connections")} instead of {Figure.Count(opened)}"
            : "";
    }
}
