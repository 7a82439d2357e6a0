using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

/// <summary>Reports that are published say today what they said when they were.</summary>
public sealed class PublishedReportTests
{
    private static readonly string Published = Golden.Repository("results/published");

    /// <summary>The folder of every published report.</summary>
    public static TheoryData<string> Names => [.. Directory.GetDirectories(Published).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_report_says_what_it_said(string name)
    {
        var files = Report.Render(ResultFiles.Read(Path.Combine(Published, name, ResultFiles.Name)));

        Assert.All(
            files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)),
            file => Assert.Equal(Lines(name, file.Path, File.ReadAllText(Path.Combine(Published, name, file.Path))), Lines(name, file.Path, file.Text)));
    }

    private static string[] Lines(string name, string path, string text) => text.Split('\n');
}
