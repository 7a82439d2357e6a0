using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Clients;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

public sealed class RealCallsTests
{
    [Fact]
    public void A_row_of_a_real_target_gets_at_most_four_calls_for_each_request_asked_for()
    {
        for (var requests = 1; requests <= 200; requests++)
        {
            foreach (var pattern in (ClientPattern[])[new FreshClient(), new FreshFullHandshakeClient(), new SharedClient()])
            {
                var priming = pattern.Reuses ? 1 : 0;
                var calls = LoggedCalls.CallsOf(pattern, local: false, requests) + (Jobs.RealRoundsFor(requests) * (priming + requests));

                Assert.True(calls <= Jobs.RealCallsPerRequest * requests, $"{pattern.Id}, {requests} requests: {calls} calls");
            }
        }
    }

    [Fact]
    public void Three_rounds_are_kept_where_there_is_room_for_them()
    {
        Assert.Equal([1, 2, 2, 3, 3], Enumerable.Range(1, 5).Select(Jobs.RealRoundsFor));
        Assert.Equal(Jobs.RealRounds, Jobs.RealRoundsFor(100));
    }
}
