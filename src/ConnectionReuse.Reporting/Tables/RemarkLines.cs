using System.Globalization;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What a reader of the times should know of them and what to do about it: a line for each kind of remark, however many rows have it.</summary>
internal static class RemarkLines
{
    private const int MostNames = 6; // of rows in one line, the worst ones first

    /// <summary>The lines below a table.</summary>
    /// <param name="rows">Its rows, each with the name that the table gives it.</param>
    public static IReadOnlyList<string> Of(IEnumerable<(string Name, ResultRow Row)> rows)
    {
        (string Name, ResultRow Row, RowRemarks Remarks)[] all = [.. rows.Select(row => (row.Name, row.Row, RowRemarks.Of(row.Row)))];
        var byTimeit = all.All(row => row.Row.Method == Method.Timeit);
        var warmUp = byTimeit ? "more turns leave it behind: --repeat N" : "warm up longer: --warmupCount N";
        return
        [
            .. Line(
                "code was compiled while it was timed, methods an iteration: ",
                from row in all
                where row.Remarks.CompiledPerIteration is not null
                select (row.Remarks.CompiledPerIteration!.Value, $"{row.Name} {row.Remarks.CompiledPerIteration.Value.ToString("0.#", CultureInfo.InvariantCulture)}"),
                $"; {warmUp}"),
            .. Line(
                "the JIT still compiled when the warm-up was as long as it may be: ",
                from row in all
                where row.Remarks.CappedLaunches > 0
                select ((double)row.Remarks.CappedLaunches, $"{row.Name} in {row.Remarks.CappedLaunches} of {row.Row.Launches.Count} launches"),
                $"; {warmUp}"),
            .. Line(
                $"iterations of more than {Outliers.Medians.ToString(CultureInfo.InvariantCulture)} times the median: ",
                from row in all
                let outliers = row.Remarks.Outliers
                where outliers is not null
                select (outliers.Longest / outliers.Median, $"{row.Name} {outliers.Count} of {outliers.Samples}, the longest {Duration.Text(outliers.Longest)} beside {Duration.Text(outliers.Median)}"),
                "; something else ran meanwhile, which a median hardly shows and a mean does: close other programs and measure again"),
            .. Line(
                "iterations in two groups with next to nothing between them: ",
                from row in all
                let modes = row.Remarks.TwoModes
                where modes is not null
                select (modes.High / modes.Low, $"{row.Name} around {Duration.Text(modes.Low)} and {Duration.Text(modes.High)}"),
                $"; a median stands for one of them alone: see the launches in {ResultFiles.Name}, and take more of them: {(byTimeit ? "--sets N" : "--launchCount N")}"),
        ];
    }

    /// <summary>What the machine kept from the runs of a file: it holds for every table of them.</summary>
    public static IEnumerable<string> OfRuns(ResultFile file)
    {
        var remarks = RunRemarks.Of(file);
        if (remarks.ThrottledPeriods > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"throttled: a CPU quota was spent in {remarks.ThrottledPeriods} periods, {Duration.Text(remarks.ThrottledSeconds)} in all; times hold the waiting: raise the quota of the container, or run without one");
        }

        if (remarks.StolenShare > 0)
        {
            yield return $"stolen: the hypervisor gave {Figure.Text(100 * remarks.StolenShare, 1)}% of the cores' time to other machines; times hold the waiting: measure on a quieter host, or at another time";
        }
    }

    private static IEnumerable<string> Line(string found, IEnumerable<(double Size, string Text)> rows, string remedy)
    {
        var all = rows.OrderByDescending(row => row.Size).ToArray();
        if (all.Length == 0)
        {
            yield break;
        }

        var more = all.Length - MostNames;
        yield return $"{found}{string.Join(", ", all.Take(MostNames).Select(row => row.Text))}{(more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more rows") : "")}{remedy}";
    }
}
