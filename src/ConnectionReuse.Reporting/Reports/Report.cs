using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A result file as a report: a page, charts, and the figures in the formats of other tools.</summary>
internal static class Report
{
    /// <summary>The page.</summary>
    public const string PageName = "report.md";

    /// <summary>The result file, every sample included.</summary>
    public const string ResultName = ResultFiles.Name;

    /// <summary>One line a row.</summary>
    public const string RowsName = "rows.csv";

    /// <summary>One line an iteration.</summary>
    public const string SamplesName = "samples.csv";

    /// <summary>BenchmarkDotNet's full JSON; ResultsComparer looks for names that end like this.</summary>
    public const string BenchmarkDotNetName = "benchmarkdotnet-full.json";

    /// <summary>The table as the terminal shows it.</summary>
    public const string TimeitName = ResultFiles.TableName;

    /// <summary>The folder of the charts.</summary>
    public const string ChartFolder = "charts";

    /// <summary>The folder of pictures of the page, which a browser takes; a report that is rendered again has none.</summary>
    public const string PictureFolder = "pictures";

    /// <summary>All files of the report: the same bytes for the same result.</summary>
    /// <param name="file">What was measured, with nothing in it that must not be published (<see cref="Redaction"/>).</param>
    public static IReadOnlyList<ReportFile> Render(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var charts = Charts(file);
        return
        [
            new(PageName, new ReportPage(file, charts).Render()),
            new(ResultName, ResultJson.Serialize(file)),
            new(TimeitName, TimeitTable.Render(file)),
            new(RowsName, CsvExport.Rows(file)),
            new(SamplesName, CsvExport.Samples(file)),
            new(BenchmarkDotNetName, BenchmarkDotNetJson.Of(file)),
            .. Files(charts, ChartFolder),
        ];
    }

    /// <summary>Charts as files of a folder, each for light and for dark pages.</summary>
    internal static IEnumerable<ReportFile> Files(IEnumerable<Chart> charts, string folder) =>
        charts.SelectMany(chart => ChartTheme.All.Select(theme => new ReportFile($"{folder}/{chart.File(theme)}", chart.Render(theme))));

    private static Chart[] Charts(ResultFile file)
    {
        var parts = ReportParts.Of(file);
        return
        [
            .. ((Chart?[])
            [
                ComparisonChart.Of([.. parts.LocalAndReal], file.Ratios),
                PhasesChart.Of([.. parts.Timeit, .. parts.Links]),
                DistributionChart.Of([.. parts.LocalAndReal, .. parts.Links]),
                RttChart.Of(RttSeries.Of(parts.Links.Concat(parts.Reproduced), file.Ratios, parts.OnLoopback)),
                AmortisationChart.Of(parts.Amortisation, file.Ratios),
            ]).OfType<Chart>(),
        ];
    }
}
