using ConnectionReuse.Clients;
using ConnectionReuse.Links;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

public sealed class LocalServersTests
{
    [Fact]
    public async Task A_target_without_counters_answers_and_counts_nothing()
    {
        const string Id = TargetIds.KestrelHttp + LocalServers.Uncounted;
        await using var servers = await LocalServers.StartAsync([Id], breakHalf: false, LinkOptions.None, TimeProvider.System, TestContext.Current.CancellationToken);
        var server = servers.ByTarget[Id];
        await using var caller = new FreshClient().Open(new Target(Id, server.Uri) { ExpectedLength = LocalResponse.Body.Length });
        await caller.CallAsync(TestContext.Current.CancellationToken);

        var counts = server.Counter.Mark();
        Assert.Equal((0, 0), (counts.Accepted, counts.Requests));
    }

    [Theory]
    [InlineData(TargetIds.Real)]
    [InlineData("teapot")]
    [Fault("the local target {0}", "that there is none of that name")]
    public async Task An_id_that_is_no_local_target_is_refused_by_name(string id)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() =>
            LocalServers.StartAsync([TargetIds.KestrelHttp, id], breakHalf: false, LinkOptions.None, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal($"'{id}' is not a local target", error.Message);
    }
}
