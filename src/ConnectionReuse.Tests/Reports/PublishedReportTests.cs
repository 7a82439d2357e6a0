using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

/// <summary>Results of schema 1 say through today's reader what their reports said when they were published.</summary>
public sealed class PublishedReportTests
{
    private const int CallsCounted = 4; // a column of the ways to lose reuse that the oldest report has not

    private const string ShownAsTilde = "|1.000x (0.998-1.002)|"; // the oldest report prints an interval that holds 1

    private static readonly string Published = Golden.Repository("results/published");

    /// <summary>The folder of every published report.</summary>
    public static TheoryData<string> Names => [.. Directory.GetDirectories(Published).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_of_a_published_table_is_said_today(string name)
    {
        var now = Report.Render(ResultFiles.Read(Path.Combine(Published, name, ResultFiles.Name)))
            .Single(file => file.Path == ResultFiles.TableName).Text;
        string[][] today = [.. Rows(now)];
        var said = today.Concat(today.Select(cells => cells.Where((_, index) => index != CallsCounted).ToArray()))
            .Select(Joined).ToHashSet(StringComparer.Ordinal);

        var then = Rows(File.ReadAllText(Path.Combine(Published, name, ResultFiles.TableName))).Select(Joined)
            .Where(line => !line.Contains(ShownAsTilde, StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(then);
        Assert.All(then, line => Assert.Contains(line, said));
    }

    private static IEnumerable<string[]> Rows(string text) => text.Split('\n')
        .Where(line => line.StartsWith('|') && !line.StartsWith("| -", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | ", StringSplitOptions.TrimEntries));

    private static string Joined(string[] cells) => string.Join('|', cells);
}
