using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>Where the time of the comparisons went, so that a reader knows what measuring again takes.</summary>
internal static class TimeTaken
{
    /// <summary>One line; none without a comparison whose length is known.</summary>
    public static IEnumerable<string> Of(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var whole = file.Runs.Where(run => run.Kind == RunKind.Comparison).Sum(run => run.DurationSeconds ?? 0);
        Launch[] processes = [.. file.Rows.Where(row => file.RunOf(row).Kind == RunKind.Comparison).SelectMany(row => row.Launches)];
        var timed = processes.Sum(process => process.IterationSeconds.Sum());
        return whole == 0 || processes.Length == 0 ? []
            : [string.Create(CultureInfo.InvariantCulture, $"comparisons: {whole:0} s, of which {timed:0} s are timed calls; the rest starts {processes.Length} processes, one for each row in each round, and warms them up")];
    }
}
