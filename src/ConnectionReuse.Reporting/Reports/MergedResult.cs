using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>Several result files of one commit and machine as one.</summary>
internal static class MergedResult
{
    private static readonly (string Name, Func<RunEnvironment, string?> Value)[] MustAgree =
    [
        ("commits", environment => environment.Commit),
        ("states of the working tree", environment => environment.Dirty == true ? "with uncommitted changes" : "as committed"),
        ("machines", environment => Machine.Of(environment).ToString()),
        ("operating systems", environment => environment.Os),
        ("placements", environment => environment.Placement),
        ("runtimes", environment => environment.Runtime),
        ("runtime settings", environment => environment.RuntimeSettings is { } settings ? string.Join(' ', settings) : null),
        ("operating systems of the server", environment => environment.Server?.Os),
        ("placements of the server", environment => environment.Server?.Placement),
        ("runtimes of the server", environment => environment.Server?.Runtime),
        ("runtime settings of the server", environment => environment.Server?.RuntimeSettings is { } settings ? string.Join(' ', settings) : null),
        ("versions of BenchmarkDotNet", environment => environment.BenchmarkDotNet),
        ("versions of WireMock.Net", environment => environment.WireMock),
    ];

    /// <summary>
    /// All comparisons of the files. A comparison that several files hold comes whole from one of them, because a ratio is
    /// of rows that ran side by side: from the newest of those that settled most of its rows, and from a comparison in fresh
    /// processes before <c>timeit</c>, which makes the same calls in one. Phases, which were listened to in calls of their
    /// own, are taken from wherever they are.
    /// </summary>
    /// <exception cref="MergeException">There is no file, or two of them do not belong together.</exception>
    public static ResultFile Of(IReadOnlyCollection<ResultFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        ResultFile[] newest = [.. files.OrderByDescending(file => file.Start)];
        if (newest.Length == 0)
        {
            throw new MergeException("there is no result to make a report of");
        }

        foreach (var file in newest)
        {
            if (Difference(newest[0].Environment, file.Environment) is { } difference)
            {
                throw new MergeException($"results of different {difference} do not go into one report");
            }
        }

        if (Networks.Different(newest) is var (shortest, longest))
        {
            throw new MergeException($"results over round trips of {Tables.Duration.Text(shortest / 1000)} and {Tables.Duration.Text(longest / 1000)} do not go into one report");
        }

        var chosen = newest.SelectMany(Part.Of).GroupBy(part => part.Key).Select(parts => parts.MaxBy(part => (part.Settled, part.IsInFreshProcesses))!)
            .OrderBy(part => part.Order).ThenBy(part => part.Rows[0].Link?.RttMilliseconds).ToArray();
        var rows = chosen.SelectMany(part => part.Rows.Select(row => (part.File, Row: row)))
            .Select(row => (row.File, row.Row, Listened: row.Row.Phases is null ? WithPhasesOf(row.Row, newest) : null)).ToArray();
        ResultFile[] used = [.. newest.Where(file => rows.Any(row => row.File == file || row.Listened?.File == file)).Reverse()];
        return newest.Length == 1 ? newest[0] : new ResultFile
        {
            Environment = newest[0].Environment,
            Runs = [.. used.SelectMany(file => file.Runs)],
            Rows = [.. rows.Select(row => row.Row with
            {
                Run = used.TakeWhile(file => file != row.File).Sum(file => file.Runs.Count) + row.Row.Run,
                Phases = row.Row.Phases ?? row.Listened?.Phases,
            })],
            Ratios = [.. chosen.SelectMany(part => part.Ratios)],
        };
    }

    /// <summary>Whether two results go into one report.</summary>
    public static bool BelongTogether(RunEnvironment one, RunEnvironment other) => Difference(one, other) is null;

    private static string? Difference(RunEnvironment one, RunEnvironment other) => MustAgree
        .Where(agreed => agreed.Value(one) != agreed.Value(other))
        .Select(agreed => $"{agreed.Name} ({agreed.Value(one) ?? "unknown"}; {agreed.Value(other) ?? "unknown"})")
        .FirstOrDefault();

    private static Listened? WithPhasesOf(ResultRow row, ResultFile[] newest) => newest
        .SelectMany(file => file.Rows.Where(other => other.Client == row.Client && Part.KeyOf(other) == Part.KeyOf(row)).Select(other => (file, other.Phases)))
        .Where(found => found.Phases is not null)
        .Select(found => new Listened(found.file, found.Phases!))
        .FirstOrDefault();

    private sealed record Listened(ResultFile File, PhaseTimes Phases);

    /// <summary>One comparison of one file, as far as the same tool made the calls.</summary>
    private sealed record Part(ResultFile File, PartKey Key, IReadOnlyList<ResultRow> Rows)
    {
        /// <summary>Rows about which the file says something; more of them outweigh a newer file.</summary>
        public int Settled { get; } = Rows.Count(row => row.Status is RowStatus.Failed or RowStatus.Unreachable or RowStatus.WrongAnswer or RowStatus.Unsupported || row is { Low: not null } || row is { Counts.Carrying: not null, Status: RowStatus.Measured });

        public bool IsInFreshProcesses { get; } = Rows[0].Method != Method.Timeit;

        /// <summary>Local targets as they are listed and others after them, whatever the order of the runs.</summary>
        public int Order { get; } = TargetIds.Local.TakeWhile(target => target != Rows[0].Target).Count();

        public IEnumerable<ResultRatio> Ratios => File.Ratios.Where(ratio =>
            RowGroup.Of(Rows).Any(group => group.Has(ratio)) && Rows.Any(row => row.Client == ratio.Slow) && Rows.Any(row => row.Client == ratio.Fast));

        public static IEnumerable<Part> Of(ResultFile file) =>
            file.Rows.GroupBy(KeyOf).Select(rows => new Part(file, rows.Key, [.. rows]));

        public static PartKey KeyOf(ResultRow row) => new(row.Target, row.Parameters, row.Declared.Tool is not null);
    }

    private sealed record PartKey(string Target, RowParameters Parameters, bool ByOtherTools);
}
