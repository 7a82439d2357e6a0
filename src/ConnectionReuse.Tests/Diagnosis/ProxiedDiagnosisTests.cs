using System.Net;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Requests;
using Xunit;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>A diagnosis through a proxy: what is behind it, and who ends what.</summary>
public sealed class ProxiedDiagnosisTests
{
    private static readonly RawAnswer Keeps = new(RawServer.Kept);

    [Fact]
    public async Task A_tunnel_that_is_kept_is_reused_and_the_TLS_behind_it_is_told()
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RawServer(_ => Keeps, certificates.Leaf);
        await using var proxy = new ProxyServer();

        var report = await ThroughAsync(proxy, server.Target with { Trust = new TrustedRoot(certificates.Authority.ExportCertificatePem()) });

        Assert.Equal((ReuseCause.None, 24, 1), (report.Verdict!.Cause, report.Verdict.Requests, report.Verdict.Connections));
        Assert.Equal(($"127.0.0.1:{proxy.Port}", null), (report.Proxy, report.Tls!.AsksForCertificate));
        Assert.NotNull(report.Tls.Version);
        Assert.Equal([24, 1], server.Requests);
        Assert.All(proxy.Served, asked => Assert.Equal($"CONNECT localhost:{server.Port}", asked));
    }

    [Theory]
    [InlineData("Connection: close\r\n", "Connection: close")]
    [InlineData("", "FIN")]
    [Fault("a server that closes behind a CONNECT tunnel, saying '{0}'", "the proxy, and that it may be the server behind its tunnel")]
    public async Task A_close_behind_a_tunnel_may_be_either_ones(string header, string how)
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RawServer(_ => new($"HTTP/1.1 200 OK\r\n{header}Content-Length: 2\r\n\r\nok", Afterwards.Closes), certificates.Leaf);
        await using var proxy = new ProxyServer();

        var report = await ThroughAsync(proxy, server.Target with { Trust = new TrustedRoot(certificates.Authority.ExportCertificatePem()) });

        Assert.True(report.Verdict!.IsNotReused);
        Assert.Equal(
            $"the proxy in between (127.0.0.1:{proxy.Port}) ends the connection: after each response ({how}; it may be the server behind its tunnel)",
            report.Verdict.Evidence);
    }

    [Fact]
    [Fault("`./run.sh diagnose --proxy` of a proxy that refuses the tunnel", "the proxy, by host and port, and what it answered to CONNECT")]
    public async Task A_proxy_that_refuses_the_tunnel_is_the_reason()
    {
        await using var proxy = new ProxyServer(refusal: "403 Forbidden");

        var report = await ThroughAsync(proxy, new Target(TargetIds.Real, new Uri("https://localhost:1/")));

        Assert.Null(report.Verdict);
        Assert.Equal($"the proxy 127.0.0.1:{proxy.Port} refuses: it answered 403 to CONNECT", report.Failure);
    }

    [Fact]
    public async Task A_proxy_that_answers_in_HTTP_10_for_an_HTTP_10_server_is_told_by_its_name()
    {
        await using var proxy = new RawServer(_ => new("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));

        var report = await ThroughAsync(proxy.Port, new Target(TargetIds.Real, new Uri("http://behind.invalid/")));

        Assert.Equal((ReuseCause.Proxy, "1.0"), (report.Verdict!.Cause, report.HttpVersion));
        Assert.Equal($"the proxy in between (127.0.0.1:{proxy.Port}) ends the connection: after each response (FIN)", report.Verdict.Evidence);
    }

    [Fact]
    public async Task A_gateway_that_keeps_its_clients_hides_how_it_treats_its_HTTP_10_server()
    {
        await using var upstream = new RawServer(_ => new("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));
        await using var gateway = new ProxyServer();

        var report = await ThroughAsync(gateway, upstream.Target);

        Assert.Equal(24, upstream.Requests.Count); // a connection for each call
        Assert.Equal(ReuseCause.None, report.Verdict!.Cause); // and one of the client's for all
    }

    private static Task<DiagnosisReport> ThroughAsync(ProxyServer proxy, Target target) => ThroughAsync(proxy.Port, target);

    private static Task<DiagnosisReport> ThroughAsync(int proxy, Target target) => ReuseDiagnosis.RunAsync(
        target with { Request = new OwnRequest { Proxy = new ProxyChoice(new Uri($"http://{IPAddress.Loopback}:{proxy}/")) } },
        new DiagnosisOptions(),
        TimeProvider.System,
        TestContext.Current.CancellationToken);
}
