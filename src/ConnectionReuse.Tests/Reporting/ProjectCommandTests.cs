using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class ProjectCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_result_file_and_a_rate_are_enough()
    {
        var file = Write(SampleRuns.KestrelHttps());

        var once = await RootRun.OfAsync("project", file, "--calls-per-second", "1,000", "--rtt", "20ms");
        var byDefault = await RootRun.OfAsync("project", file, "--markdown", Path.Combine(_folder.FullName, "fleet.md"));

        Assert.Equal((ExitCode.Done, ExitCode.Done), (once.Exit, byDefault.Exit));
        Assert.StartsWith("### 1,000 calls a second\n", once.Output, StringComparison.Ordinal);
        Assert.Equal(["### 10 calls a second", "### 1,000 calls a second", "### 100,000 calls a second"], byDefault.Output.Split('\n').Where(line => line.StartsWith('#')));
        Assert.Equal(byDefault.Output, await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "fleet.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    [Fault("`./run.sh project` of a result without a fresh client beside a shared one", "that it has none, and the command that measures them; exit 2")]
    public async Task A_file_without_such_rows_says_so()
    {
        var file = Write([SampleRuns.Row(TargetIds.KestrelHttps, "shared", 0.1)]);

        var run = await RootRun.OfAsync("project", file);

        Assert.Equal(ExitCode.WrongUse, run.Exit);
        Assert.Equal($"{file} has no row of a client that opens connections beside one that keeps its own, on a local target without a link: ./run.sh --offline measures them", run.Errors.Trim());
    }

    [Theory]
    [InlineData("--calls-per-second 0", "--calls-per-second 0: a number above 0 and up to 1000000000 is needed")]
    [InlineData("--rtt soon", "--rtt soon: a time such as 50ms, 0.5s or 200us is needed")]
    [Fault("`./run.sh project FILE {0}`", "{1}; exit 2")]
    public async Task A_value_that_does_not_fit_is_named(string options, string message)
    {
        var run = await RootRun.OfAsync(["project", Write(SampleRuns.KestrelHttps()), .. options.Split(' ')]);

        Assert.Equal((ExitCode.WrongUse, message), (run.Exit, run.Errors.Trim()));
    }

    private string Write(IEnumerable<ResultRow> rows)
    {
        var path = Path.Combine(_folder.FullName, "results.json");
        ResultFiles.Write(path, SampleRuns.Run(rows));
        return path;
    }
}
