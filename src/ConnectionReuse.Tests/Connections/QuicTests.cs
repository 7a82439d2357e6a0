using System.Net;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

[Collection(CountsOfTheProcess.Name)]
public sealed class QuicTests(TargetsBeside targets)
{
    private const int Requests = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fresh_clients_open_a_connection_each_and_shake_hands_in_full()
    {
        SkipWithoutQuic();
        var seen = await CountAsync(new FreshFullHandshakeClient());
        Assert.Equal((Requests, Requests, Requests), (seen.Opened, seen.Accepted, seen.Carrying));
        Assert.Equal((Requests, 0), (seen.FullHandshakes, seen.ResumedHandshakes));
    }

    [Fact]
    public async Task A_session_is_not_resumed_even_where_it_may_be()
    {
        SkipWithoutQuic();
        var seen = await CountAsync(new FreshClient());
        Assert.Equal((Requests, 0), (seen.FullHandshakes, seen.ResumedHandshakes));
    }

    [Fact]
    public async Task A_shared_client_keeps_its_connection()
    {
        SkipWithoutQuic();
        var seen = await CountAsync(new SharedClient());
        Assert.Equal((0, 0, 1), (seen.Opened, seen.Accepted, seen.Carrying));
        Assert.Equal((0, 0), (seen.FullHandshakes, seen.ResumedHandshakes));
        Assert.InRange(seen.WireBytes!.Value, Requests * LocalResponse.Body.Length, 100_000);
        Assert.Null(seen.KernelOpened);
    }

    [Fact]
    public async Task The_version_is_the_one_that_was_asked_for_and_nothing_earlier_is_served()
    {
        SkipWithoutQuic();
        using var connections = new ClientConnections(quic: true);
        await using (var http3 = new FreshClient().Open(targets.Target(TargetIds.KestrelHttp3)))
        {
            Assert.Equal(HttpVersion.Version30, await http3.CallAsync(Token));
            Assert.Equal(1, connections.Read().Opened);
            Assert.Equal(1, connections.Handshakes);
            Assert.Equal("1.3", connections.TlsProtocol);
        }

        await using var http2 = new FreshClient().Open(targets.Target(TargetIds.KestrelHttp3) with { HttpVersion = HttpVersion.Version20 });
        await Assert.ThrowsAsync<HttpRequestException>(() => http2.CallAsync(Token));
    }

    [Fact]
    public async Task A_server_that_does_not_speak_it_is_a_failure_and_not_a_downgrade()
    {
        SkipWithoutQuic();
        await using var caller = new FreshClient().Open(targets.Target(TargetIds.KestrelHttps) with { HttpVersion = HttpVersion.Version30, Timeout = TimeSpan.FromSeconds(3) });
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => caller.CallAsync(Token));
        Assert.True(Failure.IsOfACall(failure), failure.ToString());
        Assert.DoesNotContain('\n', Failure.Describe(failure));
    }

    [Fact]
    public async Task A_certificate_of_a_stranger_is_refused_and_its_connection_not_counted()
    {
        SkipWithoutQuic();
        using var others = TestCertificates.Create(TimeProvider.System);
        using var connections = new ClientConnections(quic: true);
        await using var caller = new FreshClient().Open(targets.Target(TargetIds.KestrelHttp3) with { Trust = new TrustedRoot(others.Authority.ExportCertificatePem()) });
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => caller.CallAsync(Token));
        Assert.StartsWith("TLS: ", Failure.Describe(failure), StringComparison.Ordinal);
        Assert.Equal(0, connections.Read().Opened);
        Assert.Equal(0, connections.Handshakes);
    }

    [Fact]
    public void A_machine_without_it_says_why_and_serves_no_http3() =>
        Assert.Equal(Quic.Unsupported is null, LocalServers.Available.Contains(TargetIds.KestrelHttp3));

    private static void SkipWithoutQuic() => Assert.SkipWhen(Quic.Unsupported is not null, Quic.Unsupported ?? string.Empty);

    private async Task<Counts> CountAsync(ClientPattern pattern)
    {
        var target = targets.Target(TargetIds.KestrelHttp3);
        await using var caller = pattern.Open(target);
        await caller.CallAsync(Token);
        using var client = new ClientConnections(quic: true);
        var recorder = new CountsRecorder(target, client, targets.Control, allFull: false);
        recorder.Begin();
        await caller.MakeAsync(pattern, Requests, Token);
        return recorder.End(Requests);
    }
}
