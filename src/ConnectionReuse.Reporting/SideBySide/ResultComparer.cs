using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.SideBySide;

/// <summary>A result and what it is called.</summary>
/// <param name="Name">Such as its folder.</param>
/// <param name="File">What was measured.</param>
internal sealed record NamedResult(string Name, ResultFile File);

/// <summary>Two results held against each other: times by intervals over their rounds, counts exactly.</summary>
internal static class ResultComparer
{
    private static readonly (string Name, Func<Counts, long?> Of)[] Counted =
    [
        ("connections in use", counts => counts.Carrying),
        ("connections opened", counts => counts.Opened),
        ("full handshakes", counts => counts.FullHandshakes),
        ("resumed handshakes", counts => counts.ResumedHandshakes),
    ];

    /// <summary>The comparison.</summary>
    /// <param name="a">What is held against.</param>
    /// <param name="b">What is in question.</param>
    /// <param name="across">Whether times of different machines are compared all the same.</param>
    /// <param name="failAbove">The share by which a row must be slower beyond doubt to fail; null where none does.</param>
    public static ResultComparison Of(NamedResult a, NamedResult b, bool across = false, double? failAbove = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (one, other) = (a.File.Environment, b.File.Environment);
        var matches = RowMatches.Of(a.File.Rows, b.File.Rows, RowIdentity.WithRequests);
        var sameMachine = EnvironmentDifferences.SameMachine(one, other);
        return new ResultComparison
        {
            A = Named(a),
            B = Named(b),
            SameMachine = sameMachine,
            TimesCompared = sameMachine || across,
            Differences = [.. EnvironmentDifferences.Of(one, other), .. Methods(matches.Pairs), .. Faults("A", a.File), .. Faults("B", b.File)],
            Confidence = LogInterval.Confidence,
            FailAbove = failAbove,
            Rows = [.. matches.Pairs.Select(pair => Row(pair.First, pair.Second, sameMachine || across))],
            OnlyA = [.. matches.OnlyFirst.Select(row => RowIdentity.WithRequests(row).ToString())],
            OnlyB = [.. matches.OnlySecond.Select(row => RowIdentity.WithRequests(row).ToString())],
        };
    }

    /// <summary>The rows of B that are slower beyond doubt by more than was allowed.</summary>
    public static IReadOnlyList<ComparedRow> Failing(ResultComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return [.. comparison.Rows.Where(row => row.Low > 1 + comparison.FailAbove)];
    }

    private static ComparedResult Named(NamedResult result) => new() { Name = result.Name, Start = result.File.Start, Environment = result.File.Environment };

    private static ComparedRow Row(ResultRow a, ResultRow b, bool times)
    {
        double[] roundsA = [.. Rounds(a)];
        double[] roundsB = [.. Rounds(b)];
        var row = new ComparedRow
        {
            Target = a.Target,
            Url = RowIdentity.Of(a).Url,
            Client = a.Client,
            Parameters = a.Parameters,
            Requests = a.Requests,
            MedianA = a.HasTimes() ? a.Median : null,
            MedianB = b.HasTimes() ? b.Median : null,
            RoundsA = roundsA.Length,
            RoundsB = roundsB.Length,
            Counts = [.. Counted.Select(count => Count(count.Name, count.Of, a, b))],
        };
        if (roundsA.Length == 0 || roundsB.Length == 0)
        {
            var without = ((string Name, ResultRow Row, int Rounds)[])[("A", a, roundsA.Length), ("B", b, roundsB.Length)];
            return row with { Reason = string.Join("; ", without.Where(one => one.Rounds == 0).Select(one => WithoutTimes(one.Name, one.Row))) };
        }

        if (!times)
        {
            return row with { Reason = "another machine" };
        }

        return WelchInterval.RatioOf(roundsA, roundsB) is { } interval
            ? row with { Ratio = interval.Value, Low = interval.Low, High = interval.High }
            : row with
            {
                Ratio = Math.Exp(roundsB.Average(Math.Log) - roundsA.Average(Math.Log)),
                Reason = $"an interval needs {LogInterval.MinimumLaunches} rounds of each: A has {roundsA.Length}, B {roundsB.Length}",
            };
    }

    // A round is a set of processes, and its minute: the unit in which runs differ.
    private static IEnumerable<double> Rounds(ResultRow row) => !row.HasTimes() ? []
        : Ratios.LaunchesOf(row).Select(round => Samples.Median(round.SelectMany(launch => launch.IterationSeconds)));

    private static string WithoutTimes(string name, ResultRow row) => $"{name}: {row.Status.Words()}{(row.Reason is { } reason ? $": {reason}" : "")}";

    private static ComparedCount Count(string name, Func<Counts, long?> of, ResultRow a, ResultRow b) => new(
        name, a.PerIteration(of), b.PerIteration(of),
        // As whole numbers: means of different numbers of iterations need not be the same to the last bit.
        a.Counts is { } one && b.Counts is { } other && a.CountedIterations > 0 && b.CountedIterations > 0
            && (Int128?)of(one) * b.CountedIterations is { } left && (Int128?)of(other) * a.CountedIterations is { } right && left != right);

    private static IEnumerable<string> Methods(IReadOnlyList<(ResultRow First, ResultRow Second)> pairs) => pairs
        .Where(pair => pair.First.HasTimes() && pair.Second.HasTimes() && pair.First.Method != pair.Second.Method)
        .GroupBy(pair => (A: pair.First.Method, B: pair.Second.Method))
        .Select(rows => $"way of measuring, of {rows.Count()} {(rows.Count() == 1 ? "row" : "rows")}: A {Words(rows.Key.A)}; B {Words(rows.Key.B)}");

    private static IEnumerable<string> Faults(string name, ResultFile file) =>
        file.Runs.Select(run => run.Fault).OfType<string>().Distinct().Select(fault => $"{name} was broken on purpose: {fault}");

    private static string Words(Method method) => method switch
    {
        Method.Turns => "turns of live processes",
        Method.OneAfterAnother => "one process after the other",
        Method.Timeit => "timeit",
        Method.Alone => "alone",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };
}
