using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

public sealed class RedactionTests
{
    private static readonly Redaction Known = new(
        ["alice", "build-host-7", "localhost", "x"],
        new Dictionary<string, string>
        {
            ["GITHUB_TOKEN"] = "ghp_0123456789",
            ["SOME_SETTING"] = "a value of the environment",
            ["SHORT"] = "10.0",
            ["EMPTY"] = "",
        });

    [Fact]
    public void Nothing_private_reaches_a_published_file()
    {
        var row = SampleRuns.Row(TargetIds.Real, "fresh", 20) with
        {
            Url = "https://alice:hunter2@example.org/build-host-7/path?key=s3cret#part",
            Parameters = new RowParameters { Url = "https://alice:hunter2@example.org/path?key=s3cret", Case = "ghp_0123456789" },
            Reason = "GET https://bob:hunter2@example.org/p?key=s3cret by ALICE on build-host-7 failed: a value of the environment, ghp_0123456789, /home/alice/.config/x, C:\\Users\\alice\\x",
            Declared = new Declaration { Statement = "get()", Reuses = false, Tool = new DeclaredTool("python 3 of /home/alice/venv/bin/python", true, true) },
        };
        var file = SampleRuns.Run(row, SampleRuns.Row(TargetIds.WireMockHttp, "fresh", 1)) with { Ratios = [] };
        file = file with { Runs = [SampleRuns.Comparison with { CommandLine = "--target https://carol:hunter2@example.org/?key=s3cret --user-agent ghp_0123456789 --out /home/alice/results --note a value of the environment" }] };

        var published = Report.Render(Known.Apply(file));

        Assert.All(published, one => Assert.All(
            (string[])["alice", "bob", "carol", "hunter2", "s3cret", "build-host-7", "ghp_", "a value of the environment", "/home", "Users"],
            secret => Assert.DoesNotContain(secret, one.Text, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(published, one => one.Text.Contains("https://example.org/", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_private_stays_to_the_letter()
    {
        var file = SampleMeasurements.Everything();

        Assert.Equal(Report.Render(file), Report.Render(Known.Apply(file)));
        Assert.Equal(Report.Render(file), Report.Render(Redaction.Common.Apply(file)));
    }

    [Fact]
    public void The_environment_of_this_process_does_not_change_what_is_measured()
    {
        var file = SampleMeasurements.Everything();
        var redacted = ConnectionReuse.Bench.Publishing.OwnNames.Redaction().Apply(file);

        Assert.Equal(file.Rows.Select(row => row.Median), redacted.Rows.Select(row => row.Median));
        Assert.Equal(file.Rows.Count, redacted.Rows.Count);
    }
}
