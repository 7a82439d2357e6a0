using System.Globalization;
using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Gate;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Culture;

/// <summary>What is written for others is written alike, whatever the culture of who writes it.</summary>
public sealed class CultureTests
{
    private static readonly Dictionary<string, Func<string>> Writers = new()
    {
        ["the table"] = () => TimeitTable.Render(SampleMeasurements.Everything()),
        ["the result file"] = () => ResultJson.Serialize(SampleMeasurements.Everything()),
        ["the report"] = () => Joined(Report.Render(SampleMeasurements.Everything())),
        ["the index"] = () => Joined(History.Render([new PublishedReport("one", Report.PageName, SampleMeasurements.Everything())])),
        ["the gate's table"] = () => GateTable.Render(Gate()),
        ["the gate's file"] = () => ResultJson.Serialize(Gate()),
        ["the verdicts against a stored result"] = () => string.Join('\n', BaselineVerdicts.Of(SampleRuns.Run(SampleRuns.KestrelHttps()), MoreHandshakes(), Calibration.None).Select(row => row.Reason)),
        ["the record of precision"] = () => PrecisionRecord.Render([Precision(PrecisionRecord.Quiet), Precision(PrecisionRecord.Loaded)]),
        ["the runtime settings"] = () => string.Join('\n', RuntimeSettings.Words(PassedOn.Nothing)),
    };

    public static TheoryData<string> Names => [.. Writers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_is_written_in_every_culture(string name)
    {
        var expected = Writers[name]();
        using var odd = new OddCulture();

        Assert.Equal(expected, Writers[name]());
    }

    [Fact]
    public void The_culture_of_these_tests_is_odd()
    {
        using var odd = new OddCulture();

        Assert.Equal("!1.234,5", (-1234.5).ToString("N1", CultureInfo.CurrentCulture));
    }

    [Fact]
    public async Task A_process_takes_one_culture_for_all_of_its_threads()
    {
        using var odd = new OddCulture();
        OneCulture.Take();

        Assert.Equal(CultureInfo.InvariantCulture, CultureInfo.CurrentCulture);
        var thread = new TaskCompletionSource<CultureInfo>();
        new Thread(() => thread.SetResult(CultureInfo.CurrentCulture)).Start();
        Assert.Equal(CultureInfo.InvariantCulture, await thread.Task);
    }

    [Fact]
    public void Names_of_hosts_in_other_scripts_are_still_understood() =>
        Assert.Equal("xn--bcher-kva.example", new Uri("https://bücher.example/").IdnHost);

    private static string Joined(IEnumerable<ReportFile> files) => string.Join('\n', files.Select(file => $"{file.Path}\n{file.Text}"));

    private static ResultFile MoreHandshakes() => SampleRuns.Run(SampleRuns.KestrelHttps().Select(row => row with
    {
        Counts = row.Counts! with { FullHandshakes = (row.Counts.FullHandshakes ?? 0) + 1 }, // a fraction of one in an iteration
    }));

    private static PrecisionRun Precision(string kind) => new(
        kind, "linux-x64-2", SampleRuns.Comparison.Start, "2222222", 61, ExitCode: 0, [new PrecisionRatio("kestrel-http", "fresh", "shared", 2.5, 2.25, 2.75, Rounds: 5)], PrecisionRun.CurrentMethod);

    private static ResultFile Gate()
    {
        var pass = SamplePasses.Of(1, key => key.Client == "shared" ? 0.08 : -0.02);
        return new ResultFile
        {
            Environment = SampleRuns.Environment,
            Runs = [SampleRuns.Comparison with { Kind = RunKind.Gate }],
            Rows = [],
            Ratios = [],
            Gate = new GateFindings
            {
                Base = "1111111",
                Head = "2222222",
                Rows = [.. CountVerdicts.Of(pass.Counts, Calibration.None), .. TimeVerdicts.Of(pass.Rows, Calibration.None), .. TimeVerdicts.Ratios(pass.Rows)],
                Passes = [pass],
            },
        };
    }
}
