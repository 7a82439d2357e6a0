using ConnectionReuse.Bench.Watch;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Watch;

/// <summary>Why nothing is reused, told by the order of the events.</summary>
public sealed class WatchVerdictsTests
{
    private const int Calls = 3;

    private readonly Story _story = new();

    [Fact]
    public void One_connection_for_all_calls_is_reused()
    {
        var connection = _story.CallOnNew(Story.Api);
        _story.Call(Story.Api, connection);

        Assert.Equal("2.0 calls a connection: 2 calls on 1 connection, at most 1 at once.", Verdict().Sentence);
    }

    [Fact]
    public void As_many_connections_as_calls_at_once_are_reused()
    {
        Guid[] calls = [_story.Start(Story.Api), _story.Start(Story.Api)];
        long[] connections = [.. calls.Select(call => _story.Open(call, Story.Api))];
        _story.Send(calls[0], connections[0]);
        _story.Send(calls[1], connections[1]);
        Assert.All(calls, _story.Stop);
        _story.Call(Story.Api, connections[0]);

        Assert.True(Verdict().IsReused);
        Assert.Equal((3, 2), (Verdict().Calls, Verdict().Connections));
    }

    [Fact]
    public void One_call_says_nothing()
    {
        _story.CallOnNew(Story.Api);

        Assert.Null(Verdict().IsReused);
        Assert.Equal("one call, so there was nothing to reuse yet.", Verdict().Sentence);
    }

    [Fact]
    public void A_connection_closed_after_its_call_and_outside_of_any_is_a_client_disposed()
    {
        for (var call = 0; call < Calls; call++)
        {
            _story.Close(_story.CallOnNew(Story.Api));
        }

        Assert.Equal((false, ReuseCause.ClientPerCall), (Verdict().IsReused, Verdict().Cause));
        Assert.Equal(
            "1.0 calls a connection: 3 of 3 connections were closed right after their call, outside of any: a new HttpClient or handler for each call, disposed after it."
            + " Remedy: keep one HttpClient for all calls, static or from IHttpClientFactory.",
            Verdict().Sentence);
    }

    [Fact]
    public void A_connection_opened_beside_an_idle_one_is_a_client_that_is_never_disposed()
    {
        for (var call = 0; call < Calls; call++)
        {
            _story.CallOnNew(Story.Api);
        }

        Assert.Equal(ReuseCause.ClientPerCall, Verdict().Cause);
        Assert.Contains("2 of 3 connections were opened while another one to the same host stood idle", Verdict().Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_became_idle_after_the_call_began_says_nothing_of_other_pools()
    {
        var (first, second) = (_story.Start(Story.Api), _story.Start(Story.Api));
        var connection = _story.Open(first, Story.Api);
        _story.Send(first, connection);
        _story.Buffer(first);
        _story.Stop(first);
        _story.Send(second, _story.Open(second, Story.Api));
        _story.Stop(second);

        Assert.Equal(0, _story.Host(Story.Api).OpenedBesideIdle);
    }

    [Fact]
    public void A_connection_closed_within_its_call_is_not_a_client_disposed()
    {
        for (var each = 0; each < Calls; each++)
        {
            var call = _story.Start(Story.Api);
            var connection = _story.Open(call, Story.Api);
            _story.Send(call, connection);
            _story.Buffer(call);
            _story.Close(connection, within: call);
            _story.Stop(call);
        }

        Assert.Equal((false, ReuseCause.Unknown), (Verdict().IsReused, Verdict().Cause)); // the server's or the client's wish: events do not tell
        Assert.Contains("3 of 3 connections were closed with their response", Verdict().Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_closed_by_the_next_call_had_been_closed_by_the_server_or_was_too_old()
    {
        long? before = null;
        for (var each = 0; each < Calls; each++)
        {
            var call = _story.Wait(0.5).Start(Story.Api);
            if (before is { } found)
            {
                _story.Close(found, within: call);
            }

            var connection = _story.Open(call, Story.Api);
            _story.Send(call, connection);
            _story.Buffer(call);
            _story.Stop(call);
            before = connection;
        }

        Assert.Equal(2, _story.Host(Story.Api).Ends.FoundUnusable);
        Assert.StartsWith("2 of 3 connections were of no use to the next call after 0.50", Verdict().Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_is_sent_again_found_its_connection_of_no_use()
    {
        var first = _story.CallOnNew(Story.Api);
        var call = _story.Start(Story.Api);
        _story.Send(call, first);
        _story.Close(first, within: call);
        _story.Send(call, _story.Open(call, Story.Api));
        _story.Stop(call);

        Assert.Equal(new EndCounts(0, 0, 1, 0, 0, 0, 0), _story.Host(Story.Api).Ends);
    }

    [Fact]
    public void A_connection_closed_after_a_while_was_idle_for_too_long()
    {
        for (var each = 0; each < Calls; each++)
        {
            var connection = _story.CallOnNew(Story.Api);
            _story.Wait(60).Close(connection);
        }

        Assert.Equal(ReuseCause.IdleLimit, Verdict().Cause);
        Assert.StartsWith("3 of 3 connections were closed after 60", Verdict().Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_ends_with_a_failed_call_says_so()
    {
        for (var each = 0; each < Calls; each++)
        {
            var call = _story.Start(Story.Api);
            var connection = _story.Open(call, Story.Api);
            _story.Send(call, connection);
            _story.Close(connection, within: call);
            _story.Fail(call);
        }

        Assert.Contains("3 of 3 connections ended with a call that failed or was cancelled", Verdict().Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_streamed_responses_it_says_what_cannot_be_told(bool closed)
    {
        for (var each = 0; each < Calls; each++)
        {
            var connection = _story.CallOnNew(Story.Api, buffered: false);
            if (closed)
            {
                _story.Close(connection);
            }
        }

        Assert.Equal((false, ReuseCause.Unknown), (Verdict().IsReused, Verdict().Cause));
        Assert.Contains("which events do not tell apart", Verdict().Evidence, StringComparison.Ordinal);
    }

    private HostVerdict Verdict() => _story.Host(Story.Api).Verdict!;
}
