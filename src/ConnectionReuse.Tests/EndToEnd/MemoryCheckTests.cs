using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgram))]
public sealed class MemoryCheckTests
{
    [Fact]
    public async Task Both_ends_are_looked_at_and_every_request_is_counted()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync("check memory --requests 10000", withFolder: false);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        foreach (var target in (string[])["kestrel-http", "wiremock-http"])
        {
            Assert.Contains($"{target} gets 10,000 requests", run.Output, StringComparison.Ordinal);
            Assert.Matches($"{target} shared, after a warm-up of [0-9,]+ requests", run.Output);
        }

        var lines = run.Output.Split('\n');
        Assert.Equal(2, lines.Count(line => line.StartsWith("|    1,000 |", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line.StartsWith("|   10,000 |", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line == "time per request   not judged below 100,000 requests"));
        Assert.Equal(2, lines.Count(line => line == "connections        0 blocks not over the open one alone, 10,000 of 10,000 requests counted at the server: ok"));
    }

    [Fact]
    [Fault("too few requests to see growth", "how many are needed; exit 2")]
    public async Task Too_few_requests_to_see_growth_are_refused()
    {
        Assert.Equal("--requests 9999: a whole number from 10000 up", await RootRun.RefusalAsync("check memory --requests 9999", withFolder: false));
    }
}
