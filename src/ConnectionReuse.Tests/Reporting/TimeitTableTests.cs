using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reporting;

public sealed class TimeitTableTests
{
    [Fact]
    public void A_full_run_shows_every_ratio_with_its_interval_and_the_saved_milliseconds() =>
        Golden.Holds("full-run.md", TimeitTable.Render(Run([.. WireMockHttp(), .. KestrelHttps()])));

    [Fact]
    public void Too_few_launches_show_times_and_say_why_there_is_neither_interval_nor_ratio() =>
        Golden.Holds("too-few-launches.md", TimeitTable.Render(Run(WireMockHttp(launches: 2))));

    [Fact]
    public void Rows_that_are_not_as_declared_show_status_and_reason_and_no_time() =>
        Golden.Holds("incomplete-run.md", TimeitTable.Render(Run(
            Row(TargetIds.WireMockHttp, "fresh", 0.612) with
            {
                Status = RowStatus.Failed,
                Reason = "connection reset",
                Failures = 50,
            },
            Row(TargetIds.WireMockHttp, "shared", 0.287),
            Row(TargetIds.KestrelHttps, "fresh", 1.87, launches: 4) with
            {
                Status = RowStatus.Partial,
                Reason = "interrupted after 4 of 5 launches",
            },
            Empty(TargetIds.KestrelHttps, "fresh-full", RowStatus.Unsupported, "this platform always resumes TLS sessions"),
            Row(TargetIds.KestrelHttps, "shared", 0.1534, noise: 0.5, launches: 3) with
            {
                Status = RowStatus.Partial,
                Reason = "interrupted after 3 of 5 launches",
            },
            Empty(TargetIds.KestrelHttps, "floor-fresh", RowStatus.NotRun, "the run was interrupted"),
            Empty(TargetIds.KestrelHttps, "floor-shared", RowStatus.NotRun, "the run was interrupted"),
            Empty(TargetIds.Real, "fresh", RowStatus.Unreachable, "the name is not known"),
            Empty(TargetIds.Real, "shared", RowStatus.Unreachable, "the name is not known"))));

    [Fact]
    public void A_real_target_shows_its_URL_and_what_its_server_did_of_its_own_accord() =>
        Golden.Holds("real-target.md", TimeitTable.Render(Run(
            Row(TargetIds.Real, "fresh", 61.3, launches: 3),
            Row(TargetIds.Real, "fresh-full", 74.8, noise: 1.5, launches: 3),
            Row(TargetIds.Real, "shared", 21.4, noise: -0.5, launches: 3) with
            {
                Counts = new Counts { Requests = 100, Carrying = 2, Opened = 1, FullHandshakes = 0, ResumedHandshakes = 0 },
                Reason = "2 connections carried the requests instead of 1: the server closed one",
            },
            Empty(TargetIds.Real, "shared", RowStatus.Failed, "status 429 Too Many Requests: the server refuses this traffic; stopped at once") with
            {
                Url = "https://example.org/",
                Parameters = new RowParameters { Url = "https://example.org/" },
                Failures = 1,
            })));

    [Fact]
    public void Rows_without_enough_rounds_in_common_say_so()
    {
        var fresh = Row(TargetIds.KestrelHttp, "fresh", 0.4);
        var late = fresh.Launches.Select(launch => launch with { Round = launch.Round + 3 });

        var table = TimeitTable.Render(Run(fresh with { Launches = [.. late] }, Row(TargetIds.KestrelHttp, "shared", 0.1)));

        Assert.Contains("- fresh, shared: no ratio, because fewer than 3 rounds have both\n", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ratio_that_holds_one_is_undecided_and_nothing_is_said_to_be_saved()
    {
        var table = TimeitTable.Render(Run(Row(TargetIds.KestrelHttp, "fresh", 1, noise: 3), Row(TargetIds.KestrelHttp, "shared", 1)));

        Assert.Matches(@"\| fresh +\| +\S+ \| +undecided \|", table);
        Assert.Contains("- undecided: the ratio's interval holds 1, so these rounds cannot tell which is faster\n", table, StringComparison.Ordinal);
        Assert.DoesNotContain("undecided", TimeitTable.Render(Run(WireMockHttp())), StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_of_another_tool_that_nobody_counted_are_not_available() =>
        Assert.Matches(@"\| curl-fresh .*\| +n/a \|", TimeitTable.Render(Run(
            Row(TargetIds.Real, "curl-fresh", 61) with { Counts = null })));

    [Fact]
    public void A_server_that_thinks_is_no_emulated_link()
    {
        var rows = WireMockHttp().Select(row => row with { Parameters = new RowParameters { Link = new ResultLink { RttMilliseconds = 0, ServerTimeMilliseconds = 5 } } });

        Assert.StartsWith("### wiremock-http, server-time 5ms (loopback, server time)\n", TimeitTable.Render(Run(rows)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_of_the_run_leaves_no_trace_so_that_tables_compare_line_by_line()
    {
        var other = WireMockHttp().Select(row => row with { Url = "http://localhost:51234/" });

        Assert.Equal(TimeitTable.Render(Run(WireMockHttp())), TimeitTable.Render(Run(other)));
    }

    [Fact]
    public void A_comparison_with_parameters_names_them()
    {
        var rows = WireMockHttp().Select(row => row with { Parameters = new RowParameters { Http = "2.0" } });

        Assert.StartsWith("### wiremock-http, http 2.0 (loopback)\n", TimeitTable.Render(Run(rows)), StringComparison.Ordinal);
    }
}
