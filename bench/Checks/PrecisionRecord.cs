using System.Globalization;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Reporting.Tables;
using MathNet.Numerics.Statistics;

namespace ConnectionReuse.Bench.Checks;

/// <summary>What the record of runs says of the comparison's intervals: how wide they are, and how often they are right.</summary>
internal static class PrecisionRecord
{
    /// <summary>Runs with nothing beside them.</summary>
    public const string Quiet = "quiet";

    /// <summary>Runs beside a background load on every core.</summary>
    public const string Loaded = "loaded";

    /// <summary>Runs that compare one client with itself.</summary>
    public const string Equal = "equal";

    /// <summary>A quiet run's intervals are to be within so much of their ratios.</summary>
    public const double WidthAim = 0.05;

    /// <summary>A loaded run's ratios are to be within so much of the quiet ones.</summary>
    public const double BiasAim = 0.10;

    /// <summary>The kinds of runs.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Quiet, Loaded, Equal];

    /// <summary>The record as Markdown, machine by machine.</summary>
    public static string Render(IReadOnlyCollection<PrecisionRun> runs)
    {
        var sections = runs.GroupBy(run => (run.Machine, run.Method))
            .OrderBy(section => section.Key.Machine, StringComparer.Ordinal).ThenByDescending(section => section.Key.Method);
        return $"""
            # How precise the comparison is

            Drawn by `./run.sh check precision` from `record.jsonl` in this folder: every run, good or bad. `quiet` runs have the
            machine for themselves, `loaded` ones run beside a load on every core, `equal` ones compare one client with itself.
            A mean is the geometric mean of the runs' ratios. A width is how far an interval reaches from its ratio: the middle one and the
            worst one of the runs. Its spread is the standard deviation of a round's ratio, by where it comes from:
            one set of processes and its minute to the next (rounds), turn to turn, iteration to iteration; under runs stands that of a
            run's ratio, beyond what the intervals allow for: the machine of one quarter of an hour is not that of the next, and no run
            can see that of itself. Bounds of shares are exact (Clopper and Pearson, 95 %). A method is a way to warm up and to take
            turns: its runs say nothing of another one.
            {(runs.Count == 0 ? "\nNo run yet.\n" : string.Concat(sections.Select(section => Of($"{section.Key.Machine}, method {section.Key.Method}", [.. section]))))}
            """.ReplaceLineEndings("\n");
    }

    /// <summary>The pooled value of each ratio: the geometric mean over all quiet runs.</summary>
    public static IReadOnlyDictionary<string, double> Pooled(IEnumerable<PrecisionRun> runs) => runs
        .Where(run => run.Kind == Quiet)
        .SelectMany(run => run.Ratios)
        .GroupBy(ratio => ratio.Name)
        .ToDictionary(ratios => ratios.Key, ratios => Math.Exp(ratios.Average(ratio => Math.Log(ratio.Value))));

    private static string Of(string heading, PrecisionRun[] runs)
    {
        var pooled = Pooled(runs);
        var comparisons = runs.Where(run => run.Kind != Equal).ToArray();
        var equal = runs.Where(run => run.Kind == Equal).SelectMany(run => run.Ratios).ToArray();
        return $"""

            ## {heading}

            {Durations(runs)}
            {Widths(runs)}
            {(comparisons.Length == 0 ? "" : Shares(comparisons, pooled))}{(equal.Length == 0 ? "" : $"- equal: ratios that are undecided: {Share(equal.Count(ratio => ratio.HoldsOne), equal.Length)}\n")}
            """;
    }

    private static string Durations(PrecisionRun[] runs) => MarkdownTable.Render(
        [
            new("kind", kind => kind.Key, IsNumber: false),
            new("runs", kind => Figure.Count(kind.Count())),
            new("ended badly", kind => Figure.Count(kind.Count(run => run.ExitCode != 0))),
            new("median s", kind => Figure.Text(Samples.Median(kind.Select(run => run.DurationSeconds)), 0)),
            new("longest s", kind => Figure.Text(kind.Max(run => run.DurationSeconds), 0)),
        ],
        runs.GroupBy(run => run.Kind).OrderBy(kind => kind.Key, KindOrder).ToArray());

    private static string Widths(PrecisionRun[] runs) => MarkdownTable.Render(
        [
            new("ratio", ratio => ratio.Key.Name, IsNumber: false),
            new("kind", ratio => ratio.Key.Kind, IsNumber: false),
            new("mean", ratio => Figure.Text(Math.Exp(ratio.Average(each => Math.Log(each.Value))), 2)),
            new("width", ratio => Percent(Samples.Median(ratio.Select(each => each.Width)))),
            new("worst", ratio => Percent(ratio.Max(each => each.Width))),
            new("runs", BetweenRuns),
            new("rounds", ratio => Spread(ratio, spread => spread.Rounds)),
            new("turns", ratio => Spread(ratio, spread => spread.Turns)),
            new("iterations", ratio => Spread(ratio, spread => spread.Iterations)),
        ],
        (from run in runs
         from ratio in run.Ratios
         group ratio by (ratio.Name, run.Kind)).OrderBy(group => group.Key.Name, StringComparer.Ordinal).ThenBy(group => group.Key.Kind, KindOrder).ToArray());

    private static string BetweenRuns(IEnumerable<PrecisionRatio> ratios)
    {
        var runs = ratios.ToArray();
        return runs.Length < LogInterval.MinimumLaunches ? ""
            : Percent(Math.Sqrt(Math.Max(0, runs.Select(run => Math.Log(run.Value)).Variance() - runs.Average(run => run.StandardError * run.StandardError))));
    }

    private static string Spread(IEnumerable<PrecisionRatio> ratios, Func<RatioSpread, double> part)
    {
        double[] squares = [.. ratios.Select(ratio => ratio.Spread).OfType<RatioSpread>().Select(spread => part(spread) * part(spread))];
        return squares.Length == 0 ? "" : Percent(Math.Sqrt(squares.Average()));
    }

    private static string Shares(PrecisionRun[] runs, IReadOnlyDictionary<string, double> pooled) => string.Concat(
        from kind in runs.GroupBy(run => run.Kind).OrderBy(kind => kind.Key, KindOrder)
        let ratios = kind.SelectMany(run => run.Ratios).Where(ratio => pooled.ContainsKey(ratio.Name)).ToArray()
        select $"- {kind.Key}: runs whose every interval is within ±{Whole(WidthAim)}: {Share(kind.Count(IsNarrow), kind.Count())}\n"
            + (ratios.Length == 0 ? "" : $"- {kind.Key}: intervals that hold the pooled quiet value: {Share(ratios.Count(ratio => ratio.Holds(pooled[ratio.Name])), ratios.Length)}\n")
            + (kind.Key == Loaded && ratios.Length > 0 ? Bias(ratios, pooled) : ""));

    private static string Bias(PrecisionRatio[] loaded, IReadOnlyDictionary<string, double> pooled) =>
        $"- {Loaded}: ratios within {Whole(BiasAim)} of the pooled quiet value: {Share(loaded.Count(ratio => Math.Abs((ratio.Value / pooled[ratio.Name]) - 1) <= BiasAim), loaded.Length)}\n"
        + string.Concat(loaded.GroupBy(ratio => ratio.Name).OrderBy(ratio => ratio.Key, StringComparer.Ordinal).Select(ratio =>
            $"- {Loaded}: load moves {ratio.Key} by {Signed((Math.Exp(ratio.Average(each => Math.Log(each.Value))) / pooled[ratio.Key]) - 1)}\n"));

    private static bool IsNarrow(PrecisionRun run) => run.Ratios.Count > 0 && run.Ratios.All(ratio => ratio.Width <= WidthAim);

    private static string Share(int hits, int all)
    {
        var share = BinomialShare.Of(hits, all);
        return $"{hits} of {all}, {Percent(share.Value)} ({Percent(share.Low)} to {Percent(share.High)})";
    }

    private static string Whole(double share) => share.ToString("0%", CultureInfo.InvariantCulture);

    private static string Percent(double share) => $"{Figure.Text(100 * share, 1)} %";

    private static string Signed(double share) => $"{(share < 0 ? "" : "+")}{Percent(share)}";

    private static readonly Comparer<string> KindOrder = Comparer<string>.Create((a, b) => Place(a).CompareTo(Place(b)));

    private static int Place(string kind) => Kinds.TakeWhile(known => known != kind).Count();
}
