using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>No table of a page is cut off where GitHub shows it.</summary>
public sealed class TableWidthTests
{
    /// <summary>Every page of ours that has a table: the documents, what is drawn for them, published reports, and what commands print.</summary>
    public static TheoryData<string> Pages =>
    [
        .. Documents.All.Where(page => GitHubWidth.Tables(page.Text).Any()).Select(page => page.Path),
        .. from folder in (string[])["results/" + ResultFolders.Published, "src/ConnectionReuse.Tests/Reporting/Golden", "src/ConnectionReuse.Tests/Reports/Golden"]
           from path in Directory.EnumerateFiles(Path.Combine(Source.Repository, folder), "*.md", SearchOption.AllDirectories)
           select Path.GetRelativePath(Source.Repository, path),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_table_of_a_page_fits(string path) => Fit(File.ReadAllText(Path.Combine(Source.Repository, path)));

    [Fact]
    public void Every_table_of_a_new_report_fits() =>
        Assert.All(Report.Render(SampleMeasurements.Everything()).Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)), file => Fit(file.Text));

    [Fact]
    public void A_table_that_GitHub_would_cut_off_is_seen()
    {
        var wide = "| client | statement | number | total s | +- | ms/call | connections | full/resumed | reuse is x faster | ms saved/call |\n"
            + "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n"
            + "| fresh | `new HttpClient().GetAsync(url)` | 100 | 0.102 | 7.5% | 1.02 | 100 | 0/100 | 23.1x (21.4-25.0) | 0.98 |\n";

        Assert.InRange(GitHubWidth.Of(Assert.Single(GitHubWidth.Tables(wide))), 900, 1300); // 1,075 px in a browser
    }

    private static void Fit(string page)
    {
        string[][] tables = [.. GitHubWidth.Tables(page)];
        Assert.NotEmpty(tables);
        Assert.Empty(tables.Where(table => GitHubWidth.Of(table) > GitHubWidth.Most).Select(GitHubWidth.Name));
    }
}
