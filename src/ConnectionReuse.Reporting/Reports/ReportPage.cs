using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>The page of a report, from its headline to the links to every sample.</summary>
internal sealed class ReportPage(ResultFile file, IReadOnlyList<Chart> charts)
{
    private static readonly string[] ProtocolClasses = ["Protocols", ConcurrencyTable.Class];

    private readonly ReportParts _parts = ReportParts.Of(file);

    private static string Together(IEnumerable<RowGroup> groups, Func<RowGroup, string> table) => string.Concat(groups.Select(table));

    /// <summary>The whole page; it ends with a line feed.</summary>
    public string Render()
    {
        var foremost = _parts.LocalAndReal.OrderBy(group => file.Ratios.Any(group.Has) ? 0 : 1).ThenBy(Headline.Rank).FirstOrDefault();
        return string.Join('\n',
        [
            $"# What a connection per call costs\n\n**{MarkdownText.Escape(Headline.Of(file))}**\n",
            .. Partial.Complaint(file) is { } partial ? [$"{MarkdownText.Escape($"A partial report: {partial}.")}\n"] : Array.Empty<string>(),
            Picture("comparison") ?? "The comparison has no row with a time.\n",
            .. foremost is null ? Array.Empty<string>() : [$"### {MarkdownText.Escape(ChartText.Name(foremost))} ({Regime.NameOf(foremost.Rows[0])})\n\n{ReportTables.Timeit(foremost, file.Ratios, [])}{MarkdownText.List(Legend.OfTheFirstTable(foremost.Rows))}"],
            .. Picture("ratio-by-rtt") is not null || _parts.OverLinks.Any() ? [$"## The network\n\nThe longer the round trip, the smaller the ratio and the more milliseconds reuse saves: on loopback CPU decides, over a network round trips do.\n\n{Links()}"] : Array.Empty<string>(),
            .. Picture("phases") is { } phases ? [$"## Where a call's time goes\n\n{Phases(phases)}"] : Array.Empty<string>(),
            .. _parts.LosingReuse.Count > 0 ? [$"## Ways to lose reuse\n\n{Together(_parts.LosingReuse, DiagnosisTable.Render)}"] : Array.Empty<string>(),
            .. Clients(),
            .. Questions(isProtocol: true).ToArray() is { Length: > 0 } protocols ? ["## HTTP/2 and concurrency\n", .. protocols.Select(group => $"### {MarkdownText.Escape(group.Key)}\n\n{Other(group)}")] : Array.Empty<string>(),
            .. Rest(foremost),
        ]);
    }

    private IEnumerable<string> Clients()
    {
        string[] sections =
        [
            .. Section("Libraries and lifetimes", _parts.Lifetimes),
            .. Section("Other tools", _parts.OtherTools),
        ];
        return sections.Length == 0 ? [] : ["## Clients compared\n", .. sections];

        IEnumerable<string> Section(string heading, IReadOnlyList<RowGroup> groups) =>
            groups.Count == 0 ? [] : [$"### {heading}\n\n{ReportTables.OneBelowTheOther(groups, file.Ratios)}"];
    }

    // What few readers need is folded, each part by itself.
    private IEnumerable<string> Rest(RowGroup? foremost)
    {
        yield return "## Everything else\n";
        if (Picture("distribution") is { } distribution)
        {
            yield return Folded("How long single calls took", distribution);
        }

        foreach (var group in _parts.Timeit.Where(group => group != foremost))
        {
            yield return Folded($"{Kind(group)}: {ChartText.Name(group)}", ReportTables.Timeit(group, file.Ratios, foremost?.Rows ?? []));
        }

        yield return Folded(DocumentedSession.Heading, ReportTables.Documented());
        if (_parts.Amortisation.Count > 0)
        {
            yield return Folded("Calls until a client has paid for itself", $"{Picture("amortisation")}\n{Together(_parts.Amortisation, AmortisationTable.Render)}\n{ReportTables.OneBelowTheOther(_parts.Amortisation, file.Ratios)}");
        }

        foreach (var question in Questions(isProtocol: false))
        {
            yield return Folded(question.Key, Other(question));
        }

        if (Models() is { Length: > 0 } models)
        {
            yield return Folded("What round trips allow", ModelTable.Render(models));
        }

        if (PageRemarks.Of(RowGroup.Of(file.Rows)) is { Count: > 0 } remarks)
        {
            yield return Folded("Remarks on single rows", MarkdownText.List(remarks));
        }

        if (Missing.In(file) is { Count: > 0 } missing)
        {
            yield return Folded("Not measured for this report", MarkdownText.Items(missing.Select(part => $"{MarkdownText.Escape(part.What)}: {MarkdownText.Code(part.Command)}")));
        }

        yield return Folded("How to read it", MarkdownText.List(Legend.Of(file)));
        yield return Folded("Noise of this machine", MarkdownText.List(NoiseFloor.Of([.. _parts.Local, .. _parts.Reproduced], file.Ratios)));
        yield return Folded("What the numbers do not say", MarkdownText.List(Limits()));
        yield return $"## Where and how\n\n{MarkdownText.List([.. EnvironmentLines.Of(file), .. TimeTaken.Of(file)])}\n{Method}\n";
        yield return $"## Measure it again\n\n{MarkdownText.Block("", Commands.Of(file.Runs).Append($"{ProgramName.Typed} publish"))}";
        yield return $"""
            Every sample: [results.json]({Report.ResultName}) (everything, as results/schema.json describes it), [samples.csv]({Report.SamplesName})
            (one line an iteration), [rows.csv]({Report.RowsName}) (one line a row), [benchmarkdotnet-full.json]({Report.BenchmarkDotNetName})
            (BenchmarkDotNet's full JSON, for Bencher, ResultsComparer and github-action-benchmark), [timeit.md]({Report.TimeitName}) (the tables of one run).

            """.ReplaceLineEndings("\n");
    }

    private static string Folded(string title, string text) => $"<details><summary>{MarkdownText.Html(title)}</summary>\n\n{text}\n</details>\n";

    private static string Method => """
        Each row makes the same requests, one after another unless it says how many are in flight, as often as is said below its table, through the client that it names, against servers in a process of their own or over the network.
        Code is warmed up until the JIT stands still, and every row runs round by round (in a fresh process each time in the comparison, in a block in timeit), so that the rows that are compared are neighbours in time.
        A row's time is the median over all iterations, none removed, with a Student t interval over the logarithms of its launches' medians; a ratio is the geometric mean over the rounds, with such an interval of its own.
        Connections and handshakes are counted during the timed iterations themselves, by client and server, and a row that deviates from what its pattern declares has no ratio.
        Rows that failed, were not reachable or are not supported stay in the tables; why stands among the remarks.
        """.ReplaceLineEndings("\n");

    private IEnumerable<string> Limits()
    {
        if (file.Environment.Server is null)
        {
            yield return "loopback understates: there a round trip costs nothing, and CPU decides the ratio";
        }

        if (file.Rows.Any(row => row.Link is not null))
        {
            yield return "emulated is emulated: a relay that delays is no network, without loss, jitter and other traffic";
        }

        yield return $"{(file.Environment.Server is null ? "one machine is one machine" : "two machines and their network are these two and this one")}, and the headline is of sequential requests for a small response: your payload, concurrency and server are others";
        if (file.Environment.Dirty == true)
        {
            yield return "the working tree had uncommitted changes: the commit alone does not reproduce these figures";
        }
    }

    private static string Kind(RowGroup group) => group.Rows[0].Link is not null ? "reproduced (emulated)"
        : group.Target == TargetIds.Real ? "real (network)"
        : group.Rows[0].RoundTripMilliseconds is not null ? "two machines (network)" : "local (loopback)";

    private static string Class(RowGroup group) =>
        $"{group.Parameters.Class} ({Regime.NameOf(group.Rows[0])})";

    private IEnumerable<IGrouping<string, RowGroup>> Questions(bool isProtocol) =>
        _parts.Others.Where(group => ProtocolClasses.Contains(group.Parameters.Class) == isProtocol).GroupBy(Class);

    private string Other(IGrouping<string, RowGroup> question) => ReportTables.OneBelowTheOther(question, file.Ratios) + Together(question, ClassTables.Of);

    private string Phases(string picture) => picture + string.Concat(_parts.Timeit.Concat(_parts.Links)
        .Where(group => group.Rows.Any(row => row.Phases is not null))
        .Select(group => $"\n<details><summary>{MarkdownText.Html(ChartText.Name(group))}: the phases in figures</summary>\n\n"
            + PhasesTable.OnAPage([.. group.Rows.Where(row => row.Phases is not null).Select(row => new PhasesRow(row.Client, row.Phases!))])
            + "\n</details>\n")) + $"\n{MarkdownText.List(PhasesTable.Common)}";

    private ModelRow[] Models() =>
        [.. from comparison in _parts.OverLinks
            from ratio in file.Ratios
            let model = ratio.Model
            where comparison.Has(ratio) && model is not null && comparison.Rows.Any(row => row.Client == ratio.Slow && row.Declared.Tool is null)
            select new ModelRow(ModelTable.NameOf(comparison, ratio), model) { RoundTripMeasured = comparison.Rows[0].RoundTripMilliseconds is not null }];

    private string Links() => Picture("ratio-by-rtt")
        + (_parts.Links.Count > 0 ? $"\n{ReportTables.OneBelowTheOther(_parts.Links.Select(group => group.Where(row => row.Declared.Tool is null)), file.Ratios)}" : "");

    // GitHub shows the source that fits the reader's page.
    private string? Picture(string name) => charts.FirstOrDefault(chart => chart.Name == name) is not { } chart ? null : $"""
        <picture>
          <source media="(prefers-color-scheme: dark)" srcset="{Report.ChartFolder}/{chart.File(ChartTheme.Dark)}">
          <img alt="{MarkdownText.Html(chart.Alternative)}" src="{Report.ChartFolder}/{chart.File(ChartTheme.Light)}">
        </picture>

        """.ReplaceLineEndings("\n");
}
