using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>The networks that results of two machines were measured over.</summary>
internal static class Networks
{
    // What one network does on two days; ratios over another one do not compare.
    private const double MostTimesApart = 2;

    /// <summary>The shortest and the longest round trip of results, in milliseconds, where they are of different networks; null where they are of one, or of none.</summary>
    public static (double Shortest, double Longest)? Different(IEnumerable<ResultFile> files)
    {
        double[] trips = [.. files.SelectMany(file => file.Rows).Select(row => row.RoundTripMilliseconds).OfType<double>()];
        return trips.Length > 0 && trips.Max() > MostTimesApart * trips.Min() ? (trips.Min(), trips.Max()) : null;
    }
}
