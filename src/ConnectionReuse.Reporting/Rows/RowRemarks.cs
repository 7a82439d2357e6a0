using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>What a reader of a row's times should know of them; a quiet row has nothing of it.</summary>
internal sealed record RowRemarks
{
    /// <summary>Of a row of which there is nothing to say.</summary>
    public static RowRemarks Quiet { get; } = new();

    /// <summary>Methods that the client's JIT compiled in a timed iteration, on average; null below one, which the median iteration is free of.</summary>
    public double? CompiledPerIteration { get; init; }

    /// <summary>Launches in which the JIT still compiled when the warm-up was as long as it may be.</summary>
    public int CappedLaunches { get; init; }

    /// <summary>Iterations that took many times as long as the median; null without one.</summary>
    public Outliers? Outliers { get; init; }

    /// <summary>The two modes of the iterations' times; null where there is but one.</summary>
    public TwoModes? TwoModes { get; init; }

    /// <summary>The remarks of a row; of one without times there are none.</summary>
    public static RowRemarks Of(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!row.HasTimes())
        {
            return Quiet;
        }

        double[] iterations = [.. row.Launches.SelectMany(launch => launch.IterationSeconds)];
        return new RowRemarks
        {
            CompiledPerIteration = row.PerIteration(counts => counts.CompiledMethods) is >= 1 and var compiled ? compiled : null,
            CappedLaunches = row.Launches.Count(launch => launch.WarmupCapped == true),
            Outliers = Outliers.Of(iterations),
            TwoModes = TwoModes.Of(iterations),
        };
    }
}
