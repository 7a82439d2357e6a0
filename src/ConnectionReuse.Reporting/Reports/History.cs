using System.Globalization;
using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>The index of all published reports: the newest headline, the list, and each target's ratios over time.</summary>
internal static class History
{
    /// <summary>The index's name.</summary>
    public const string PageName = "README.md";

    /// <summary>The folder of its charts, below the index's own.</summary>
    public const string ChartFolder = "history";

    /// <summary>All files of the index: the same bytes for the same reports.</summary>
    /// <param name="reports">In any order; those that cannot be read are listed with their reason.</param>
    public static IReadOnlyList<ReportFile> Render(IReadOnlyCollection<PublishedReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        Entry[] entries = [.. reports.Where(report => report.File is not null)
            .Select(report => new Entry(report, report.File!)).OrderBy(entry => entry.File.Start).ThenBy(entry => entry.Report.Name, StringComparer.Ordinal)];
        Chart[] charts = [.. Targets(entries).Select(target => ChartOf(target, entries)).OfType<Chart>()];
        return [new ReportFile(PageName, Page(entries, [.. reports.Where(report => report.File is null)], charts)), .. Report.Files(charts, ChartFolder)];
    }

    private static string Page(Entry[] entries, IReadOnlyList<PublishedReport> unreadable, Chart[] charts) => string.Join('\n',
    [
        "# Results\n",
        .. entries.Length == 0 ? [$"No report is published yet: `{ProgramName.Typed} publish` makes one of what was measured.\n"] : (string[])
        [
            $"**{MarkdownText.Escape(Headline.Of(Newest(entries).File))}** ([the newest report]({Link(Newest(entries).Report)}))\n",
            $"## Reports\n\n{Table(entries)}",
        ],
        .. unreadable.Count == 0 ? Array.Empty<string>() : [MarkdownText.Items(unreadable.OrderBy(report => report.Name, StringComparer.Ordinal)
            .Select(report => $"[{MarkdownText.Escape(report.Name)}]({Link(report)}) cannot be read: {MarkdownText.Escape(report.Problem ?? "")}"))],
        .. charts.Length == 0 ? Array.Empty<string>() : [$"## Over time\n\n{string.Join('\n', [.. Refusals(entries), .. charts.Select(Picture)])}"],
        $"""
        ## What is where

        - [READING.md](READING.md) says how to read a report; [schema.json](schema.json) describes every member of a `results.json`.
        - Records: [what the intervals are worth](precision/README.md), [how often the gate is right](gate-validation/README.md), [emulated links beside real TCP](link-validation/README.md), [every fault tried](faults/README.md); `checks/` holds outputs that the pages show.
        - `local/` holds what `{ProgramName.Typed}` writes on your machine; it is not tracked, and `local/latest` is the newest run.
        - `benchmarkdotnet-full.json` of a run or a report is the file for tools that read BenchmarkDotNet's JSON, such as Bencher, ResultsComparer and github-action-benchmark: times are per request, and each row has a name of its own.
        - `published/` holds reports with every sample; `{ProgramName.Typed} publish` makes one of the newest results in `local/` and renews this page.

        """.ReplaceLineEndings("\n"),
    ]);

    // A partial report is none that a headline could be of, unless there is no other.
    private static Entry Newest(Entry[] entries) => entries.LastOrDefault(entry => Partial.Complaint(entry.File) is null) ?? entries[^1];

    private static string Table(Entry[] entries)
    {
        Entry[] newestFirst = [.. entries.Reverse()];
        return $"""
            How many times longer a call of a fresh client took than one of a shared client, over HTTPS:

            {Ratios(newestFirst, [TargetIds.KestrelHttps, TargetIds.WireMockHttps])}
            and over HTTP:

            {Ratios(newestFirst, [TargetIds.KestrelHttp, TargetIds.WireMockHttp])}
            {MarkdownText.List(newestFirst.Select(entry => $"{entry.Report.Name}: {Machine.Of(entry.File.Environment)}, {entry.File.Environment.Runtime}"))}
            """.ReplaceLineEndings("\n");
    }

    private static string Ratios(Entry[] entries, IEnumerable<string> targets) => MarkdownTable.Render<Entry>(
        [
            new("report", entry => $"[{MarkdownText.Escape(entry.Report.Name)}]({Link(entry.Report)}){(Partial.Complaint(entry.File) is null ? "" : " (partial)")}", IsNumber: false, CellKind.Markdown),
            .. targets.Select(target => new Column<Entry>(target, entry => RatioOf(entry.File, target, ClientIds.Fresh) is { } ratio ? RatioText.Of(ratio) : "")),
        ],
        entries);

    private static string Link(PublishedReport report) => $"{ResultFolders.Published}/{Uri.EscapeDataString(report.Name)}/{report.Page}";

    // In words, so that nobody reads a difference between machines off a chart.
    private static IEnumerable<string> Refusals(Entry[] entries)
    {
        var machines = entries.GroupBy(entry => Machine.Of(entry.File.Environment)).ToArray();
        if (machines.Length > 1)
        {
            yield return "Figures of different kinds of machine are not compared: their ratios differ because the machines do. The kinds are\n\n"
                + MarkdownText.List(machines.Select(machine => $"{machine.Key}: {string.Join(", ", machine.Select(entry => entry.Report.Name))}"));
        }
    }

    private static string Picture(Chart chart) => $"""
        <picture>
          <source media="(prefers-color-scheme: dark)" srcset="{ChartFolder}/{chart.File(ChartTheme.Dark)}">
          <img alt="{MarkdownText.Html(chart.Alternative)}" src="{ChartFolder}/{chart.File(ChartTheme.Light)}">
        </picture>

        """.ReplaceLineEndings("\n");

    private static IEnumerable<string> Targets(Entry[] entries) =>
        TargetIds.Local.Where(target => entries.Any(entry => RatiosOf(entry.File, target).Any()))
            .Concat(entries.SelectMany(entry => RatiosOf(entry.File, TargetIds.Real)).Select(ratio => NameOf(ratio)).Distinct().Order(StringComparer.Ordinal));

    private static Chart? ChartOf(string target, Entry[] entries) => HistoryChart.Of(
        target,
        [
            .. entries.SelectMany(entry => RatiosOf(entry.File, target)).Select(ratio => ratio.Slow).Distinct()
                .Select(slow => new HistorySeries($"{slow} over shared", [.. entries.Select((entry, index) => Point(entry, index == 0 ? null : entries[index - 1], target, slow))])),
        ]);

    private static HistoryPoint Point(Entry entry, Entry? before, string target, string slow)
    {
        var environment = entry.File.Environment;
        return new HistoryPoint(
            $"{entry.File.Start.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {Machine.ShortCommit(environment)}",
            RatioOf(entry.File, target, slow),
            before is null ? [] : [.. Changes(before.File.Environment, environment)],
            before is not null && (Machine.Of(before.File.Environment) != Machine.Of(environment) || Networks.Different([before.File, entry.File]) is not null));
    }

    private static IEnumerable<string> Changes(RunEnvironment before, RunEnvironment now)
    {
        if (Machine.Of(before) != Machine.Of(now))
        {
            yield return $"another kind of machine: {Machine.Of(now)}";
        }

        (string Name, string Before, string Now)[] values =
        [
            ("", before.Runtime, now.Runtime),
            ("BenchmarkDotNet ", before.BenchmarkDotNet, now.BenchmarkDotNet),
            ("WireMock.Net ", before.WireMock, now.WireMock),
            ("placement: ", before.Placement, now.Placement),
        ];
        foreach (var (name, old, current) in values.Where(value => value.Before != value.Now))
        {
            yield return $"{name}{current} instead of {old}";
        }

        // Older files do not tell.
        if (before.RuntimeSettings is { } earlier && now.RuntimeSettings is { } set && !earlier.Order(StringComparer.Ordinal).SequenceEqual(set.Order(StringComparer.Ordinal)))
        {
            yield return $"runtime settings: {string.Join(", ", [.. set.Except(earlier).Select(setting => $"with {setting}"), .. earlier.Except(set).Select(setting => $"without {setting}")])}";
        }
    }

    private static ResultRatio? RatioOf(ResultFile file, string target, string slow) => RatiosOf(file, target).FirstOrDefault(ratio => ratio.Slow == slow);

    // The plain comparisons only: neither links nor classes that ask something else.
    private static IEnumerable<ResultRatio> RatiosOf(ResultFile file, string target)
    {
        return
            from comparison in ReportParts.Of(file).LocalAndReal.Where(ReportParts.IsPlain)
            where comparison.Target == target || ChartText.Name(comparison) == target
            from ratio in file.Ratios
            where comparison.Has(ratio) && ratio is { Fast: ClientIds.Shared, Kind: RatioKind.Reuse }
            select ratio;
    }

    private static string NameOf(ResultRatio ratio) =>
        $"{ratio.Target} {ratio.Parameters.Url}".TrimEnd();

    private sealed record Entry(PublishedReport Report, ResultFile File);
}
