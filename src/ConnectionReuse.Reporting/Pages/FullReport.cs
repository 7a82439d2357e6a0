using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>A report with its page.</summary>
internal static class FullReport
{
    /// <summary>All files of a report's folder: the same bytes for the same result.</summary>
    /// <param name="file">What was measured, with nothing in it that must not be published (<see cref="Redaction"/>).</param>
    public static IReadOnlyList<ReportFile> Render(ResultFile file) => [.. Report.Render(file), new(HtmlPage.Name, HtmlPage.Render(file))];
}
