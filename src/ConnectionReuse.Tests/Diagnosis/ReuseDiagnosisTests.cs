using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>Each cause with a server that has it, and the words for it.</summary>
public sealed class ReuseDiagnosisTests
{
    private static readonly RawAnswer Keeps = new(RawServer.Kept);

    [Fact]
    public async Task A_connection_that_is_kept_is_reused()
    {
        var report = await OfAsync(_ => Keeps);

        Assert.Equal((24, 1, ReuseCause.None, "Reused: one connection carried all 24 calls."), Told(report));
    }

    [Fact]
    public async Task Connection_close_is_told()
    {
        var report = await OfAsync(_ => new("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));

        Assert.Equal(
            (12, 12, ReuseCause.ServerSaysClose, "Not reused: the server closes after each response (Connection: close). Remedy: switch keep-alive on at the server or the proxy before it; a client cannot."),
            Told(report));
    }

    [Fact]
    public async Task A_close_without_a_word_is_told()
    {
        var report = await OfAsync(_ => Keeps with { Then = Afterwards.Closes });

        Assert.Equal((12, 12, ReuseCause.ServerClosesUnannounced), Short(report));
        Assert.Equal("the server closes after each response without having said so (FIN)", report.Verdict!.Evidence);
    }

    [Fact]
    public async Task A_reset_is_told()
    {
        var report = await OfAsync(_ => Keeps with { Then = Afterwards.Resets });

        Assert.Equal(ReuseCause.ServerResets, report.Verdict!.Cause);
        Assert.True(report.Verdict.IsNotReused);
    }

    [Theory]
    [InlineData(1, 12, ReuseCause.KeepAliveTooShort)]
    [InlineData(2, 1, ReuseCause.None)]
    public async Task An_announced_second_is_what_NET_keeps_clear_of(int seconds, int connections, ReuseCause cause)
    {
        var report = await OfAsync(_ => new($"HTTP/1.1 200 OK\r\nKeep-Alive: timeout={seconds}\r\nContent-Length: 2\r\n\r\nok"));

        Assert.Equal((connections, cause), (report.Verdict!.Connections, report.Verdict.Cause));
        Assert.Equal(seconds, report.KeepAliveTimeout);
    }

    [Fact]
    public async Task A_cap_that_is_met_again_and_again_is_learnt()
    {
        var report = await OfAsync(request => request < 7 ? Keeps : Keeps with { Then = Afterwards.Closes });

        Assert.Equal((24, 4, ReuseCause.RequestCap), Short(report));
        Assert.Equal("the server closes after 7 requests, again and again", report.Verdict!.Evidence);
        Assert.Equal(7, report.CapFound);
    }

    [Fact]
    public async Task A_cap_that_was_announced_is_told_by_its_announcement()
    {
        var report = await OfAsync(request => new(
            $"HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max={5 - request}\r\n{(request == 5 ? "Connection: close\r\n" : "")}Content-Length: 2\r\n\r\nok",
            request == 5 ? Afterwards.Closes : Afterwards.Keeps));

        Assert.Equal(ReuseCause.KeepAliveMax, report.Verdict!.Cause);
        Assert.Equal("the server closes after 5 requests, as it announced (Keep-Alive: max=4)", report.Verdict.Evidence);
    }

    [Fact]
    public async Task A_cap_of_seventeen_was_seen_once()
    {
        var report = await OfAsync(request => request < 17 ? Keeps : Keeps with { Then = Afterwards.Closes });

        Assert.Equal((30, 2, ReuseCause.RequestCap), Short(report));
        Assert.Equal("the server closes after 17 requests, seen once", report.Verdict!.Evidence);
    }

    [Fact]
    public async Task HTTP_10_is_told()
    {
        var report = await OfAsync(_ => new("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));

        Assert.Equal((12, 12, ReuseCause.Http10), Short(report));
    }

    [Fact]
    public async Task HTTP_10_with_keep_alive_is_reused()
    {
        var report = await OfAsync(_ => new("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"));

        Assert.Equal(ReuseCause.None, report.Verdict!.Cause);
    }

    [Fact]
    public async Task A_body_without_length_is_told()
    {
        var report = await OfAsync(_ => new("HTTP/1.1 200 OK\r\n\r\nok", Afterwards.Closes));

        Assert.Equal((12, 12, ReuseCause.NoLength), Short(report));
    }

    [Fact]
    public async Task An_idle_limit_is_told_from_a_close_behind_each_response()
    {
        var report = await OfAsync(_ => Keeps, new DiagnosisOptions { Idle = TimeSpan.FromSeconds(30) }, idle: TimeSpan.FromMilliseconds(700));

        Assert.Equal(ReuseCause.None, report.Verdict!.Cause);
        Assert.NotNull(report.Idle!.ClosedAfterSeconds);
        Assert.Equal(25, report.Requests);
    }

    [Fact]
    public async Task An_idle_limit_between_calls_is_told()
    {
        var report = await OfAsync(_ => Keeps, new DiagnosisOptions { Calls = 3, Pause = TimeSpan.FromSeconds(1) }, idle: TimeSpan.FromMilliseconds(400));

        Assert.Equal((3, 3, ReuseCause.IdleLimit), Short(report));
    }

    [Fact]
    [Fault("`./run.sh diagnose --timeout`, where every other call takes longer", "the client cancels calls, and a cancelled call ends its connection")]
    public async Task Calls_that_take_too_long_end_their_connections_and_that_is_told()
    {
        await using var server = new RawServer(request => request % 2 == 0 ? new(string.Empty) : Keeps);
        var target = new OwnRequest { Timeout = TimeSpan.FromMilliseconds(200) }.On(server.Target);

        var report = await ReuseDiagnosis.RunAsync(target, new DiagnosisOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal((10, 5, ReuseCause.ClientCancels), Short(report));
    }

    [Fact]
    public async Task A_status_is_an_answer_and_a_remark()
    {
        var report = await OfAsync(_ => new("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal((24, 1, ReuseCause.None), Short(report));
        Assert.Contains("answered 404: the verdict holds for the connection, not for a call that succeeds", report.Remarks);
    }

    [Fact]
    public async Task A_server_that_refuses_this_traffic_is_asked_once()
    {
        var report = await OfAsync(_ => new("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal((1, null, "answered 429: the server refuses this traffic; stopped at once"), (report.Requests, report.Verdict, report.Failure));
    }

    [Fact]
    public async Task Credentials_of_a_connection_are_told()
    {
        var report = await OfAsync(_ => new("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", Afterwards.Closes));

        Assert.Equal(ReuseCause.ConnectionCredentials, report.Verdict!.Cause);
        Assert.Equal("the credentials belong to a connection (NTLM), which is not kept", report.Verdict.Evidence);
    }

    [Fact]
    public async Task A_gateway_that_names_itself_is_told()
    {
        var report = await OfAsync(_ => new("HTTP/1.1 200 OK\r\nVia: 1.1 cache\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));

        Assert.Equal(ReuseCause.Proxy, report.Verdict!.Cause);
        Assert.Equal("the proxy in between (Via: 1.1 cache) ends the connection: after each response (Connection: close)", report.Verdict.Evidence);
    }

    // What a server behind it or its own configuration does is the more exact word.
    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\nVia: 1.1 cache\r\nContent-Length: 2\r\n\r\nok", ReuseCause.Http10)]
    [InlineData("HTTP/1.1 200 OK\r\nVia: 1.1 cache\r\n\r\nok", ReuseCause.NoLength)]
    public async Task A_gateway_that_names_itself_hides_no_cause(string text, ReuseCause cause)
    {
        var report = await OfAsync(_ => new(text, Afterwards.Closes));

        Assert.Equal(cause, report.Verdict!.Cause);
    }

    // Some calls get through before the close arrives: their number is no cap.
    [Theory]
    [InlineData(Afterwards.Closes, ReuseCause.ServerClosesUnannounced)]
    [InlineData(Afterwards.Resets, ReuseCause.ServerResets)]
    public async Task A_close_that_trails_its_response_is_no_cap(object then, ReuseCause cause)
    {
        var connections = 0;
        var report = await OfAsync(request =>
        {
            connections += request == 1 ? 1 : 0;
            return connections == 1 && request < 6 ? Keeps : Keeps with { Then = (Afterwards)then };
        });

        Assert.Equal(cause, report.Verdict!.Cause);
        Assert.False(report.Verdict.IsReused);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GOAWAY_is_told_in_the_clear_and_behind_TLS(bool tls)
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new GoAwayServer(streams: 5, tls ? certificates.Leaf : null);
        var target = new Target(TargetIds.Real, server.Uri) { HttpVersion = HttpVersion.Version20, Trust = new TrustedRoot(certificates.Authority.ExportCertificatePem()) };

        var report = await ReuseDiagnosis.RunAsync(target, new DiagnosisOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(ReuseCause.GoAway, report.Verdict!.Cause);
        Assert.Equal("the server sends GOAWAY after 5 streams", report.Verdict.Evidence);
        Assert.Equal((5, tls ? "h2" : null), (report.CapFound, report.Tls?.Alpn));
    }

    [Fact]
    public async Task A_load_balancer_that_sends_each_call_elsewhere_is_told()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var server = new RawServer(_ => Keeps with { Then = Afterwards.Closes }, null, IPAddress.Loopback, IPAddress.IPv6Loopback);
        var asked = 0;
        var options = new DiagnosisOptions
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>(asked++ % 2 == 0 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.IPv6Loopback, IPAddress.Loopback]),
        };

        var report = await ReuseDiagnosis.RunAsync(server.Target, options, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(ReuseCause.SeveralAddresses, report.Verdict!.Cause);
        Assert.Equal(["127.0.0.1", "::1"], report.Chosen);
    }

    [Fact]
    [Fault("`./run.sh diagnose` of a name with two addresses, served on the second one only", "the refused first try is the client's own, with what it cost")]
    public async Task A_refused_first_address_is_the_clients_own()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var server = new RawServer(_ => Keeps);
        var options = new DiagnosisOptions { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback, IPAddress.Loopback]) };

        var report = await ReuseDiagnosis.RunAsync(server.Target, options, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(ReuseCause.None, report.Verdict!.Cause);
        Assert.Equal(
            [("::1", "IPv6", "connection refused", false), ("127.0.0.1", "IPv4", null, true)],
            report.Addresses.Select(address => (address.Address, address.Family, address.Failure, address.IsChosen)));
        Assert.All(report.Addresses, address => Assert.NotNull(address.Seconds));
    }

    [Fact]
    public async Task TLS_is_told_with_its_certificate_and_resumption()
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RawServer(_ => Keeps, certificates.Leaf);
        var target = server.Target with { Trust = new TrustedRoot(certificates.Authority.ExportCertificatePem()) };

        var report = await ReuseDiagnosis.RunAsync(target, new DiagnosisOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(ReuseCause.None, report.Verdict!.Cause);
        Assert.Equal(25, report.Requests);
        Assert.NotNull(report.Tls!.Version);
        Assert.NotNull(report.Tls.Resumed);
        Assert.Equal((int)(certificates.Leaf.NotAfter.ToUniversalTime() - DateTime.UtcNow).TotalDays, report.Tls.DaysLeft);
        Assert.True(report.FirstCall!.Tls > 0);
        Assert.False(report.Tls.AsksForCertificate);
        Assert.Empty((await SchemaTests.SchemaAsync("schema-diagnosis.json")).Validate(DiagnosisJson.Serialize(report)));
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_ends_it_with_the_reason()
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RawServer(_ => Keeps, certificates.Leaf);

        var report = await ReuseDiagnosis.RunAsync(server.Target, new DiagnosisOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Null(report.Verdict);
        Assert.StartsWith("TLS: the certificate is not trusted (", report.Failure, StringComparison.Ordinal);
        Assert.Equal(1, report.Requests);
    }

    private static (int, int, ReuseCause, string) Told(DiagnosisReport report) =>
        (report.Verdict!.Requests, report.Verdict.Connections, report.Verdict.Cause, report.Verdict.Sentence);

    private static (int, int, ReuseCause) Short(DiagnosisReport report) => (report.Verdict!.Requests, report.Verdict.Connections, report.Verdict.Cause);

    private static async Task<DiagnosisReport> OfAsync(Func<int, RawAnswer> answer, DiagnosisOptions? options = null, TimeSpan? idle = null)
    {
        await using var server = new RawServer(answer) { IdleLimit = idle };
        var report = await ReuseDiagnosis.RunAsync(server.Target, options ?? new DiagnosisOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(server.Requests.Count, report.Connections.Count);
        return report;
    }
}
