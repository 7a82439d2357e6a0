using ConnectionReuse.Bench.Publishing;
using ConnectionReuse.Reporting.Pages;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

/// <summary>
/// Published reports are what their result files say today, those of schema 1 too; UPDATE_GOLDEN=1 renders them again. What was
/// measured is never written anew.
/// </summary>
public sealed class PublishedReportTests
{
    private static readonly string Published = Golden.Repository("results/published");

    /// <summary>The folder of every published report.</summary>
    public static TheoryData<string> Names => [.. Directory.GetDirectories(Published).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_page_is_what_its_result_says(string name)
    {
        var files = FullReport.Render(ResultFiles.Read(Path.Combine(Published, name, ResultFiles.Name)));

        // The newest one is the front page's: its page to show others and its charts are today's too.
        var isNewest = name == Names.Select(row => row.Data).Max(StringComparer.Ordinal);
        Assert.All(
            files.Where(file => file.Path is Report.PageName or Report.TimeitName || (isNewest && Path.GetExtension(file.Path) is ".html" or ".svg")),
            file => Golden.Holds(Path.Combine(Published, name, file.Path), file.Text));
    }

    [Fact]
    public void The_index_is_what_the_published_results_say() =>
        Golden.Holds(Golden.Repository("results/README.md"), History.Render(ResultSources.Published(Published)).Single(file => file.Path == History.PageName).Text);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_remark_stands_once_on_a_page(string name)
    {
        var page = File.ReadAllText(Path.Combine(Published, name, Report.PageName));

        foreach (var remark in (string[])["the JIT still compiled", "code was compiled while it was timed", "iterations of more than", "listening costs time"])
        {
            Assert.InRange(page.Split(remark).Length - 1, 0, 1);
        }
    }
}
