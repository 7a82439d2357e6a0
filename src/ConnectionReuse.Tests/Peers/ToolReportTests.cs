using System.Runtime.CompilerServices;
using ConnectionReuse.Peers;
using ConnectionReuse.Processes;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Peers;

/// <summary>Outputs as ab 2.3, hey 0.1.4 and h2load 1.52.0 printed them.</summary>
public sealed class ToolReportTests
{
    [Theory]
    [InlineData("ab.txt", 4537.41, null)]
    [InlineData("ab-https.txt", 874.05, null)]
    [InlineData("ab-kept.txt", 58173.36, 1)]
    [InlineData("ab-not-kept.txt", 9480.47, 100)]
    public void Ab_tells_its_rate_and_which_connections_were_kept(string file, double rate, int? connections)
    {
        var measured = ApacheBenchReport.Read(Recorded(file), requests: 100);
        Assert.Equal(100 / rate, measured.Seconds, tolerance: 1e-9);
        Assert.Equal(connections, measured.Connections);
    }

    [Fact]
    public void Of_a_slow_target_abs_mean_has_more_digits_than_its_rate()
    {
        var report = Recorded("ab.txt").Output
            .Replace("4537.41 [#/sec]", "1.90 [#/sec]", StringComparison.Ordinal)
            .Replace("0.220 [ms]", "527.490 [ms]", StringComparison.Ordinal);
        Assert.Equal(52.749, ApacheBenchReport.Read(Printed(report), requests: 100).Seconds, tolerance: 1e-9);
    }

    [Theory]
    [InlineData("h2load.txt", 5.83e-3)]
    [InlineData("h2load-https.txt", 9.08e-3)]
    public void H2load_tells_when_it_was_finished(string file, double seconds) =>
        Assert.Equal(seconds, H2LoadReport.Read(Recorded(file), requests: 100).Seconds, tolerance: 1e-9);

    [Theory]
    [InlineData("finished in 1.02s,", 1.02)]
    [InlineData("finished in 75.10s,", 75.1)]
    [InlineData("finished in 872us,", 872e-6)]
    public void H2load_chooses_the_unit_of_its_time(string line, double seconds)
    {
        var report = Recorded("h2load.txt").Output.Replace("finished in 5.83ms,", line, StringComparison.Ordinal);
        Assert.Equal(seconds, H2LoadReport.Read(Printed(report), requests: 100).Seconds, tolerance: 1e-9);
    }

    [Fact]
    public void Hey_tells_its_rate_in_more_digits_than_its_total()
    {
        var report = Recorded("hey.txt");
        Assert.Contains("Total:\t0.0085 secs", report.Output, StringComparison.Ordinal);
        Assert.Equal(100 / 11745.7303, HeyReport.Read(report, requests: 100).Seconds, tolerance: 1e-9);
    }

    [Fact]
    public void Python_prints_the_seconds_that_timeit_returned() =>
        Assert.Equal(new PeerMeasurement(15.770191192626953), PythonReport.Read(Printed("15.770191192626953\n")));

    [Fact]
    public void Curl_writes_the_connections_that_each_call_opened() =>
        Assert.Equal(2, CurlReport.Connections(Printed("200 1\n200 0\n204 1\n"), calls: 3));

    [Theory]
    [InlineData("ab-404.txt", "6 of 6 requests failed: status not 2xx")]
    [InlineData("hey-404.txt", "2 of 6 requests failed: status 404")]
    [InlineData("hey-reset.txt", "2 of 6 requests failed: read tcp 127.0.0.1:33484->127.0.0.1:47203: read: connection reset by peer")]
    [InlineData("hey-refused.txt", "6 of 6 requests failed: dial tcp 127.0.0.1:42421: connect: connection refused")]
    [InlineData("h2load-301.txt", "6 of 6 requests failed: 0 2xx, 6 3xx, 0 4xx, 0 5xx, 0 errored, 0 timeout")]
    [InlineData("h2load-404.txt", "2 of 6 requests failed: 4 2xx, 0 3xx, 2 4xx, 0 5xx, 0 errored, 0 timeout")]
    [InlineData("h2load-reset.txt", "5 of 6 requests failed: 1 2xx, 0 3xx, 0 4xx, 0 5xx, 5 errored, 0 timeout")]
    [Fault("another tool reports a failure ({0})", "{1}; no time")]
    public void A_failed_request_leaves_no_time_but_a_reason(string file, string reason)
    {
        Func<ProcessOutput, int, PeerMeasurement> read = file.Split('-')[0] switch
        {
            "ab" => ApacheBenchReport.Read,
            "hey" => HeyReport.Read,
            _ => H2LoadReport.Read,
        };
        Assert.Equal(reason, Assert.Throws<IOException>(() => read(Recorded(file), 6)).Message);
    }

    [Fact]
    [Fault("another tool made fewer requests than asked for", "the row failed")]
    public void A_report_of_fewer_requests_than_asked_for_is_a_failure()
    {
        Assert.Equal("1 of 101 requests failed: no whole response", Assert.Throws<IOException>(() => ApacheBenchReport.Read(Recorded("ab.txt"), 101)).Message);
        Assert.Equal("1 of 101 requests failed: never made", Assert.Throws<IOException>(() => HeyReport.Read(Recorded("hey.txt"), 101)).Message);
        Assert.Equal("1 of 3 requests failed: never made", Assert.Throws<IOException>(() => CurlReport.Connections(Printed("200 1\n200 0\n"), 3)).Message);
        Assert.StartsWith("1 of 101 requests failed: ", Assert.Throws<IOException>(() => H2LoadReport.Read(Recorded("h2load.txt"), 101)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_that_is_no_success_is_named_by_curl() =>
        Assert.Equal("status 301", Assert.Throws<IOException>(() => CurlReport.Connections(Printed("200 1\n301 0\n"), 2)).Message);

    [Fact]
    public void Of_what_curl_says_about_a_refused_certificate_the_first_line_is_kept()
    {
        const string Said = "curl: (60) SSL certificate problem: unable to get local issuer certificate\nMore details here: https://curl.se/docs/sslcerts.html\n";
        var error = Assert.Throws<IOException>(() => CurlReport.Connections(new ProcessOutput(60, "000 1\n", Said, TimeSpan.Zero), 1));
        Assert.Equal("(60) SSL certificate problem: unable to get local issuer certificate", error.Message);
    }

    [Fact]
    public void Of_what_a_tool_says_before_it_gives_up_the_last_line_is_kept()
    {
        var said = new ProcessOutput(104, string.Empty, "SSL read failed (1) - closing connection\napr_socket_recv: Connection reset by peer (104)\n", TimeSpan.Zero);
        Assert.Equal("apr_socket_recv: Connection reset by peer (104)", Assert.Throws<IOException>(() => ApacheBenchReport.Read(said, 6)).Message);
        Assert.Equal("exit code 139", Assert.Throws<IOException>(() => HeyReport.Read(new ProcessOutput(139, string.Empty, string.Empty, TimeSpan.Zero), 6)).Message);
    }

    [Fact]
    [Fault("another tool reports no time", "the row failed")]
    public void A_report_without_times_is_a_failure()
    {
        Assert.Throws<IOException>(() => ApacheBenchReport.Read(Printed(string.Empty), 1));
        Assert.Throws<IOException>(() => HeyReport.Read(Printed(string.Empty), 1));
        Assert.Throws<IOException>(() => H2LoadReport.Read(Printed(string.Empty), 1));
        Assert.Throws<IOException>(() => PythonReport.Read(Printed(string.Empty)));
    }

    private static ProcessOutput Printed(string output) => new(0, output, string.Empty, TimeSpan.Zero);

    private static ProcessOutput Recorded(string file) => Printed(File.ReadAllText(Path.Combine(Here(), "Recorded", file)));

    private static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
