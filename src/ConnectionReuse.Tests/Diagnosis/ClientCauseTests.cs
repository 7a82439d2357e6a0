using System.Net;
using ConnectionReuse.Clients;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>Causes that lie with the client, each with a client that has it and a server that keeps every connection.</summary>
public sealed class ClientCauseTests
{
    private static readonly RawAnswer Keeps = new(RawServer.Kept);

    [Theory]
    [InlineData("fresh", ReuseCause.ClientPerCall)]
    [InlineData("handler-per-call", ReuseCause.ClientPerCall)]
    [InlineData("short-connection-lifetime", ReuseCause.ClientLifetime)]
    [InlineData("client-idle-timeout", ReuseCause.ClientIdleTimeout)]
    [InlineData("undisposed-response", ReuseCause.ClientDrain)]
    [InlineData("per-client-5", ReuseCause.ClientPerCall)]
    [InlineData("static", ReuseCause.None)]
    [InlineData("restsharp-shared", ReuseCause.None)]
    [InlineData("message-invoker", ReuseCause.None)]
    public async Task A_pattern_loses_its_connections_by_its_own_doing(string id, ReuseCause cause)
    {
        await using var server = new RawServer(_ => Keeps);

        var report = await OfAsync(server.Target, ClientPatterns.All[id]);

        Assert.Equal(cause, report.Verdict!.Cause);
        Assert.Equal(server.Requests.Count, report.Verdict.Connections);
    }

    [Fact]
    public async Task A_body_that_is_left_unread_is_told_with_its_bytes()
    {
        const int Length = 2 << 20;
        await using var server = new RawServer(_ => new($"HTTP/1.1 200 OK\r\nContent-Length: {Length}\r\n\r\n{new string('x', Length)}"));

        var report = await OfAsync(server.Target, ClientPatterns.All["unread-above-drain-size"]);

        Assert.Equal(ReuseCause.ClientDrain, report.Verdict!.Cause);
        Assert.Contains($"bytes of a body of {Length} were taken when the client closed", report.Verdict.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_are_cancelled_are_told()
    {
        await using var server = new RawServer(_ => new(""));

        var report = await OfAsync(server.Target, new Pattern((target, clients) =>
        {
            var client = clients.Create();
            return async cancellationToken =>
            {
                using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                soon.CancelAfter(TimeSpan.FromMilliseconds(100));
                return (await client.GetAsync(target.Uri, soon.Token)).Version;
            };
        }));

        Assert.Equal(ReuseCause.ClientCancels, report.Verdict!.Cause);
    }

    [Fact]
    public async Task A_proxy_that_closes_is_told_by_its_name()
    {
        await using var proxy = new RawServer(_ => new("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));
        var target = new Target(TargetIds.Real, new Uri("http://behind.invalid/"));

        var report = await OfAsync(target, new Pattern((there, clients) =>
        {
            var handler = clients.Handler();
            handler.UseProxy = true;
            handler.Proxy = new WebProxy(proxy.Target.Uri);
            var client = clients.Create(handler, disposeHandler: true);
            return async cancellationToken => (await client.GetAsync(there.Uri, cancellationToken)).Version;
        }));

        Assert.Equal($"localhost:{proxy.Port}", report.Proxy);
        Assert.Equal(ReuseCause.Proxy, report.Verdict!.Cause);
        Assert.Equal($"the proxy in between (localhost:{proxy.Port}) ends the connection: after each response (Connection: close)", report.Verdict.Evidence);
    }

    [Fact]
    public async Task A_handler_for_each_call_to_send_a_certificate_is_told()
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RawServer(_ => Keeps, certificates.Leaf);
        var target = server.Target with { Trust = new TrustedRoot(certificates.Authority.ExportCertificatePem()) };

        var report = await OfAsync(target, new Pattern((there, clients) => async cancellationToken =>
        {
            var handler = clients.Handler();
            handler.SslOptions.ClientCertificates = [certificates.Leaf];
            using var client = clients.Create(handler, disposeHandler: true);
            return (await client.GetAsync(there.Uri, cancellationToken)).Version;
        }));

        Assert.Equal(ReuseCause.ClientCertificate, report.Verdict!.Cause);
    }

    [Theory]
    [InlineData("client-closes", ReuseCause.ClientSaysClose)]
    [InlineData("http-10", ReuseCause.ClientVersionPolicy)]
    public async Task What_the_client_asked_for_is_told_of_a_server_that_does_it(string id, ReuseCause cause)
    {
        await using var server = new RawServer(_ => new("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));

        var report = await OfAsync(server.Target, ClientPatterns.All[id]);

        Assert.Equal(cause, report.Verdict!.Cause);
    }

    private static Task<DiagnosisReport> OfAsync(Target target, ClientPattern pattern) =>
        ReuseDiagnosis.RunAsync(target, new DiagnosisOptions { Client = pattern }, TimeProvider.System, TestContext.Current.CancellationToken);

    private sealed class Pattern(Func<Target, HttpClientFactory, Func<CancellationToken, Task<Version>>> make) : ClientPattern
    {
        public override string Id => "own";

        public override string Statement => "own";

        public override bool Reuses => true;

        public override ICaller Open(Target target) => new Caller(make(target, new HttpClientFactory(target)));
    }
}
