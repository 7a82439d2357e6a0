using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reports;

public sealed class HistoryTests
{
    [Fact]
    public void The_index_has_the_newest_headline_every_report_and_each_target_over_time()
    {
        var files = History.Render([.. Reports()]);

        Golden.Holds("../../Reports/Golden/history.md", files.Single(file => file.Path == History.PageName).Text);
        Golden.Holds("../../Reports/Golden/history-kestrel-https-light.svg", files.Single(file => file.Path == "history/history-kestrel-https-light.svg").Text);
        Assert.Equal(
            ["README.md", "history/history-wiremock-http-light.svg", "history/history-wiremock-http-dark.svg", "history/history-kestrel-https-light.svg", "history/history-kestrel-https-dark.svg"],
            files.Select(file => file.Path));
    }

    [Fact]
    public void The_order_in_which_reports_are_found_does_not_matter() =>
        Assert.Equal(History.Render([.. Reports()]), History.Render([.. Reports().Reverse()]));

    [Fact]
    public void Without_a_report_the_index_says_how_to_make_one() =>
        Assert.Contains("`./run.sh publish` makes one", Assert.Single(History.Render([])).Text, StringComparison.Ordinal);

    [Fact]
    public void Other_runtime_settings_are_told_where_both_files_name_theirs()
    {
        Assert.Contains("runtime settings: with DOTNET_gcServer=1, without DOTNET_TieredPGO=0", Charts(["DOTNET_TieredPGO=0"], ["DOTNET_gcServer=1"]), StringComparison.Ordinal);
        Assert.DoesNotContain("runtime settings", Charts(["A=1", "B=2"], ["B=2", "A=1"]), StringComparison.Ordinal);
        Assert.DoesNotContain("runtime settings", Charts(null, ["A=1"]), StringComparison.Ordinal);

        static string Charts(string[]? before, string[]? now) => string.Join('\n', History.Render(
        [
            Report("0", 1, "1111111", [.. KestrelHttps()], environment => environment with { RuntimeSettings = before }),
            Report("1", 2, "2222222", [.. KestrelHttps()], environment => environment with { RuntimeSettings = now }),
        ]).Select(file => file.Text));
    }

    [Fact]
    public void A_report_of_two_machines_is_another_kind_and_no_line_joins_it_to_one_of_loopback()
    {
        var between = (RunEnvironment environment) => environment with { Placement = RunEnvironment.TwoMachines, Server = environment with { LogicalCores = 4 } };
        var files = History.Render(
        [
            Report("0", 1, "1111111", [.. KestrelHttps()], environment => environment),
            Report("1", 2, "2222222", [.. KestrelHttps().Select(row => row with { Url = "https://server:5101/", RoundTripMilliseconds = 0.3 })], between),
            Report("2", 3, "3333333", [.. KestrelHttps()], environment => environment),
        ]);

        var chart = files.Single(file => file.Path == "history/history-kestrel-https-light.svg").Text;
        var page = files.Single(file => file.Path == History.PageName).Text;
        Assert.Contains("another kind of machine: ", chart, StringComparison.Ordinal);
        Assert.Contains("; its server: ", page, StringComparison.Ordinal);
        Assert.Equal(0, Joints(chart));
        Assert.Equal(2, Joints(History.Render([.. ((int[])[1, 2, 3]).Select(month => Report($"{month}", month, "1111111", [.. KestrelHttps().Where(row => row.Client is "fresh" or "shared")], environment => environment))])
            .Single(file => file.Path == "history/history-kestrel-https-light.svg").Text));

        // What joins two reports has the colour of their dots and is as thick as nothing else.
        static int Joints(string chart) => chart.Split('\n').Count(line => line.Contains("<line", StringComparison.Ordinal) && line.Contains("stroke-width=\"1.5\"", StringComparison.Ordinal) && !line.Contains("stroke-dasharray", StringComparison.Ordinal));
    }

    private static IEnumerable<PublishedReport> Reports()
    {
        yield return Report("0", 1, "1111111", [.. KestrelHttps(), .. WireMockHttp()], environment => environment);
        yield return Report("1", 2, "2222222", [.. WireMockHttp()], environment => environment with { Runtime = ".NET 10.0.1" });
        yield return Report("2", 3, "3333333", [.. KestrelHttps()], environment => environment with { Runtime = ".NET 10.0.1" });
        yield return Report("3", 4, "4444444", [.. KestrelHttps()], environment => environment with { Runtime = ".NET 10.0.1", LogicalCores = 8, Cpu = "Example CPU 2", WireMock = "1.26.0" });
        yield return new PublishedReport("damaged", "report.md", null, "not a result file, or half of one: it stops being JSON in line 3");
    }

    private static PublishedReport Report(string name, int month, string commit, ResultRow[] rows, Func<RunEnvironment, RunEnvironment> change)
    {
        var file = Run(rows);
        var environment = change(file.Environment) with { Commit = commit, Dirty = false };
        return new PublishedReport($"report-{name}", "report.md", file with { Environment = environment, Runs = [Comparison with { Start = new DateTimeOffset(2026, month, 2, 0, 0, 0, TimeSpan.Zero) }] });
    }
}
