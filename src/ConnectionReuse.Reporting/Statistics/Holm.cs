namespace ConnectionReuse.Reporting.Statistics;

/// <summary>
/// Holm's correction for several tests at once. Source: S. Holm, "A simple sequentially rejective multiple test
/// procedure", Scandinavian Journal of Statistics 6 (1979).
/// </summary>
internal static class Holm
{
    /// <summary>
    /// The p values, in their order, enlarged so that comparing each with a level keeps the chance of a single false
    /// alarm among all of them below that level.
    /// </summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        foreach (var (index, place) in Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index]).Select((index, place) => (index, place)))
        {
            largest = Math.Max(largest, Math.Min(1, (pValues.Count - place) * pValues[index]));
            adjusted[index] = largest;
        }

        return adjusted;
    }
}
