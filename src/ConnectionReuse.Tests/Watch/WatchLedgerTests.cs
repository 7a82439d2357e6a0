using ConnectionReuse.Bench.Watch;
using Xunit;

namespace ConnectionReuse.Tests.Watch;

public sealed class WatchLedgerTests
{
    private readonly Story _story = new();

    [Fact]
    public void Calls_and_connections_are_counted_by_host_and_version()
    {
        var one = _story.CallOnNew(Story.Api);
        _story.Call(Story.Api, one);
        var two = _story.CallOnNew(Story.Other, version: "2.0");
        _story.Call(Story.Other, two);
        _story.Call(Story.Other, two);
        _story.Close(two, version: "2.0");

        Assert.Equal(["https://other.example:8443", "https://api.example"], _story.Counts.Hosts.Select(host => host.Host)); // most calls first
        Assert.Equal(("2.0", 3, 1, 1, 0, 3.0), Of(_story.Host(Story.Other).Versions.Single()));
        Assert.Equal(("1.1", 2, 1, 0, 1, 2.0), Of(_story.Host(Story.Api).Versions.Single()));
        Assert.Equal((5, 5, 2, 1), (_story.Counts.Requests, _story.Counts.Calls, _story.Counts.Opened, _story.Counts.Closed));
    }

    [Fact]
    public void One_connection_of_HTTP_2_carries_calls_at_once()
    {
        Guid[] calls = [.. Enumerable.Range(0, 8).Select(_ => _story.Start(Story.Api))];
        var connection = _story.Open(calls[0], Story.Api, "2.0");
        Assert.All(calls, call => _story.Send(call, connection));
        Assert.All(calls, _story.Stop);

        var host = _story.Host(Story.Api);
        Assert.Equal((8, 8, 1), (host.Calls, host.MostAtOnce, host.Connections));
        Assert.True(host.Verdict!.IsReused);
    }

    [Fact]
    public void A_redirect_is_a_call_to_each_host()
    {
        var call = _story.Start(Story.Api);
        _story.Send(call, _story.Open(call, Story.Api));
        _story.Redirect(call, Story.Other);
        _story.Send(call, _story.Open(call, Story.Other));
        _story.Stop(call);

        var (api, other) = (_story.Host(Story.Api), _story.Host(Story.Other));
        Assert.Equal((1, 1, 0, 1), (api.Requests, api.Calls, api.RedirectedTo, api.MostAtOnce));
        Assert.Equal((0, 1, 1, 1), (other.Requests, other.Calls, other.RedirectedTo, other.MostAtOnce));
        Assert.Equal((0, 0), (api.Ends.FoundUnusable, other.Ends.FoundUnusable));
    }

    [Fact]
    public void A_connection_that_the_redirecting_response_closed_was_closed_with_its_response()
    {
        var call = _story.Start(Story.Api);
        var first = _story.Open(call, Story.Api);
        _story.Send(call, first);
        _story.Close(first, within: call);
        _story.Redirect(call, Story.Api);
        _story.Send(call, _story.Open(call, Story.Api));
        _story.Stop(call);

        Assert.Equal(new EndCounts(1, 0, 0, 0, 0, 0, 0), _story.Host(Story.Api).Ends);
    }

    [Fact]
    public void What_was_open_before_is_counted_once_it_carries_a_call()
    {
        const long Before = 77;
        _story.Call(Story.Api, Before);
        _story.Call(Story.Api, Before);
        _story.Close(Before);
        _story.Close(78); // never seen

        var version = _story.Host(Story.Api).Versions.Single();
        Assert.Equal(("?", 2, 0, 1, 1), (version.Version, version.Calls, version.Opened, version.Closed, version.OpenBefore));
        Assert.Equal(1, _story.Counts.ClosedUnused);
    }

    [Fact]
    public void A_call_that_began_before_has_the_host_of_its_connection_or_none()
    {
        var opened = _story.CallOnNew(Story.Api);
        _story.Send(Guid.NewGuid(), opened);
        _story.Send(Guid.NewGuid(), 77);

        Assert.Equal(2, _story.Host(Story.Api).Calls);
        Assert.Equal(1, _story.Host(Origin.Unknown).Calls);
    }

    [Fact]
    public void The_time_in_the_queue_has_its_mean_and_its_longest()
    {
        foreach (var waited in (double[])[1, 2, 6])
        {
            var call = _story.Start(Story.Api);
            _story.Send(call, _story.Open(call, Story.Api, waited: waited));
            _story.Stop(call);
        }

        var version = _story.Host(Story.Api).Versions.Single();
        Assert.Equal((3, 3, 6), (version.Waits, version.MeanWaitMilliseconds, version.LongestWaitMilliseconds));
    }

    [Fact]
    public void Failed_calls_are_counted_and_so_are_handshakes()
    {
        var (good, bad) = (Guid.NewGuid(), Guid.NewGuid());
        var call = _story.Start(Story.Api);
        _story.Tell(new HandshakeStarted(_story.Now(), good, "api.example"));
        _story.Tell(new HandshakeEnded(_story.Now(), good, Succeeded: true));
        _story.Tell(new HandshakeStarted(_story.Now(), bad, "api.example"));
        _story.Tell(new HandshakeEnded(_story.Now(), bad, Succeeded: false)); // HandshakeFailed
        _story.Tell(new HandshakeEnded(_story.Now(), bad, Succeeded: false)); // and the HandshakeStop that follows it
        _story.Fail(call);

        Assert.Equal((1, 1, 0), (_story.Host(Story.Api).Requests, _story.Host(Story.Api).Failed, _story.Host(Story.Api).Calls));
        Assert.Equal(new HandshakeCounts("api.example", 1, 1), _story.Counts.Handshakes.Single());
        Assert.Null(_story.Host(Story.Api).Verdict);
    }

    [Theory]
    [InlineData("https://api.example/secret?token=x", "https://api.example")]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080")]
    [InlineData("not a URL", "(host not seen)")]
    public void A_host_is_shown_without_path_and_query(string url, string shown) => Assert.Equal(shown, Origin.Of(url).ToString());

    private static (string Version, int Calls, int Opened, int Closed, int Open, double? Share) Of(VersionCounts version) =>
        (version.Version, version.Calls, version.Opened, version.Closed, version.Open, version.CallsPerConnection);
}
