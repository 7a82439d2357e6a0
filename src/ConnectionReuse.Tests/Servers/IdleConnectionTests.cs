using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Connections;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

[Collection(CountsOfTheProcess.Name)]
public sealed class IdleConnectionTests(TargetsBeside targets)
{
    // Kestrel's own limit is 130 s, and it looks once a second.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(135);

    [Fact]
    public async Task A_server_keeps_a_connection_that_is_idle_for_as_long_as_fresh_clients_may_be_timed_over_a_slow_link()
    {
        LongTests.SkipUnlessAsked();
        using var client = new ClientConnections();
        var callers = TargetIds.Local.Select(id => new SharedClient().Open(targets.Target(id))).ToArray();
        await CallAllAsync();
        var opened = client.Read().Opened;
        await Task.Delay(Idle, TestContext.Current.CancellationToken);
        await CallAllAsync();

        Assert.Equal(opened, client.Read().Opened);
        foreach (var caller in callers)
        {
            await caller.DisposeAsync();
        }

        async Task CallAllAsync()
        {
            foreach (var caller in callers)
            {
                await caller.CallAsync(TestContext.Current.CancellationToken);
            }
        }
    }
}
