using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgramBeside))]
public sealed class TwoMachinesTests
{
    private const int Port = 5100;

    private static readonly string Options = $"--bind {TwoNamespaces.ServerAddress} --host {TwoNamespaces.ServerName} --allow {TwoNamespaces.ClientAddress}";

    [Fact]
    public async Task Both_ends_count_the_same_and_the_result_names_both_machines_and_neither_by_its_name()
    {
        LongTests.SkipUnlessAsked();
        await using var namespaces = await TwoNamespaces.MakeAsync();
        using var server = await ServedProgram.StartAsync(namespaces.UnderServer, "kestrel-https", Options, Port);

        using var run = ProgramRun.StartUnder(namespaces.UnderClient, $"timeit --full --number 5 --server {TwoNamespaces.ServerName}:{Port}", withFolder: true, ServedProgram.Secret);
        await run.EndAsync();

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var result = run.Result();
        Assert.Equal(["fresh", "fresh-full", "shared"], result.Rows.Select(row => row.Client));
        Assert.All(result.Rows, row =>
        {
            Assert.Equal(RowStatus.Measured, row.Status);
            Assert.Equal(row.Counts!.Opened, row.Counts.Accepted);
            Assert.True(row.RoundTripMilliseconds > 0);
            Assert.Equal($"https://server:{Port + 1}/", row.Url);
        });
        Assert.Equal((5, 5), (result.Rows[0].PerIteration(counts => counts.ResumedHandshakes), result.Rows[1].PerIteration(counts => counts.FullHandshakes)));
        Assert.All(result.Ratios, ratio => Assert.Equal(result.Rows[0].RoundTripMilliseconds!.Value / 1000, ratio.Model!.RttSeconds, 9));
        Assert.Equal((RunEnvironment.TwoMachines, "on one core"), (result.Environment.Placement, result.Environment.Server?.Placement));
        Assert.Equal("a report of its own", MergedResult.BelongTogether(result.Environment, result.Environment with { Server = null }) ? "mixed" : "a report of its own");
        var text = await File.ReadAllTextAsync(run.Latest("results.json"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(TwoNamespaces.ServerName, text, StringComparison.Ordinal);
        Assert.DoesNotContain(TwoNamespaces.ServerAddress, text, StringComparison.Ordinal);
        Assert.DoesNotContain(ServedProgram.Secret.Value, text, StringComparison.Ordinal);
        Assert.Contains("(network, round trip ", run.Output, StringComparison.Ordinal);

        await server.EndAsync();
        Assert.Equal((ExitCode.Done, ""), (server.Run.ExitCode, server.Run.Errors));
    }

    [Theory]
    [InlineData("timeit --number 20 --repeat 1000", "so far")]
    [InlineData("--filter *.KestrelHttp.Shared --number 5 --launchCount 100 --iterationCount 2 --warmupCount 1", "round 3 of 100")]
    [Fault("the cable to the server is cut in the middle of `./run.sh {0}`", "that it does not answer any more; nothing is kept; exit 4; the server gives the turn to the next")]
    public async Task A_cable_that_is_cut_leaves_one_line_and_no_result(string arguments, string sign)
    {
        LongTests.SkipUnlessAsked();
        await using var namespaces = await TwoNamespaces.MakeAsync();
        using var server = await ServedProgram.StartAsync(namespaces.UnderServer, "kestrel-http", Options, Port);
        using var run = ProgramRun.StartUnder(namespaces.UnderClient, $"{arguments} --server {TwoNamespaces.ServerName}:{Port}", withFolder: true, ServedProgram.Secret);
        await run.UntilToldAsync(sign);

        await namespaces.CutAsync();
        await run.EndAsync();

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"could not measure: {TwoNamespaces.ServerName}:{Port} does not answer any more: its server has ended, or the way there is cut", run.Errors.Trim());
        Assert.Empty(run.Folder.GetFileSystemInfos());

        await namespaces.MendAsync();
        await UntilTheNextHasTheTurnAsync(namespaces);
    }

    // The server hears of the cut after 25 s at most.
    private static async Task UntilTheNextHasTheTurnAsync(TwoNamespaces namespaces)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            using var next = ProgramRun.StartUnder(namespaces.UnderClient, $"timeit --number 5 --repeat 1 --server {TwoNamespaces.ServerName}:{Port}", withFolder: true, ServedProgram.Secret);
            await next.EndAsync();
            if (next.ExitCode == ExitCode.Done)
            {
                return;
            }

            Assert.Contains("serves another client", next.Errors, StringComparison.Ordinal);
        }
    }
}
