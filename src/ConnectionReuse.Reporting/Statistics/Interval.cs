namespace ConnectionReuse.Reporting.Statistics;

/// <summary>A figure with the range that holds the true one in <paramref name="Confidence"/> of all runs.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">The range's lower end.</param>
/// <param name="High">The range's upper end.</param>
/// <param name="Confidence">The nominal coverage, such as 0.95.</param>
internal sealed record Interval(double Value, double Low, double High, double Confidence)
{
    /// <summary>The interval of another estimate of the same thing: widened where that estimate lies outside.</summary>
    /// <param name="value">The other estimate.</param>
    public Interval Around(double value) =>
        this with { Value = value, Low = Math.Min(Low, value), High = Math.Max(High, value) };
}
