using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Requests;

/// <summary>Calls through a proxy, and whose failure is whose.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("shared")]
    [InlineData("restsharp-shared")]
    [InlineData("web-request")]
    public async Task Plain_HTTP_goes_through_it(string patternId)
    {
        await using var server = new RecordingServer();
        await using var proxy = new ProxyServer();

        await OwnRequestTests.CallAsync(patternId, Through(proxy.Port).On(server.Target));

        Assert.Equal([$"GET {server.Uri}"], proxy.Served);
    }

    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("me:secret", "me:secret@", 1)]
    public async Task TLS_goes_through_a_tunnel_with_the_credentials_of_its_URL(string? wanted, string? given, int tunnels)
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RecordingServer(tls: HttpText.Tls(certificates.Leaf));
        await using var proxy = new ProxyServer(wanted);
        var request = Through(proxy.Port, given) with { AuthorityPem = certificates.Authority.ExportCertificatePem() };

        await OwnRequestTests.CallAsync("shared", request.On(server.Target), calls: 2);

        Assert.Equal(Enumerable.Repeat($"CONNECT localhost:{server.Port}", tunnels), proxy.Served);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, arrived => Assert.Null(arrived["Proxy-Authorization"]));
    }

    [Theory]
    [InlineData("shared", true)]
    [InlineData("web-request", true)]
    [InlineData("flurl-shared", true)]
    [InlineData("shared", false)]
    [Fault("a proxy that wants other credentials (client {0}, TLS {1})", "the proxy, by host and port, and 407; no request to the target")]
    public async Task A_proxy_that_wants_credentials_is_named(string patternId, bool tls)
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RecordingServer(tls: tls ? HttpText.Tls(certificates.Leaf) : null);
        await using var proxy = new ProxyServer("me:secret");

        var failure = await FailureAsync(patternId, Through(proxy.Port, "me:wrong@").On(server.Target));

        Assert.Equal($"the proxy 127.0.0.1:{proxy.Port} wants other credentials: it answered 407{(tls ? " to CONNECT" : "")}", failure);
        Assert.Empty(server.Requests);
    }

    [Fact]
    [Fault("a proxy that refuses the tunnel", "the proxy, by host and port, and what it answered to CONNECT")]
    public async Task A_proxy_that_refuses_the_tunnel_is_named()
    {
        await using var proxy = new ProxyServer(refusal: "403 Forbidden");

        var failure = await FailureAsync("shared", Through(proxy.Port).On(new Target("real", new Uri("https://localhost:1/"))));

        Assert.Equal($"the proxy 127.0.0.1:{proxy.Port} refuses: it answered 403 to CONNECT", failure);
    }

    [Theory]
    [InlineData("https://localhost:1/", "shared")]
    [InlineData("http://localhost:1/", "shared")]
    [InlineData("http://localhost:1/", "refit-shared")]
    [Fault("a proxy where nobody listens, before {0} (client {1})", "the proxy, by host and port: connection refused")]
    public async Task A_proxy_that_is_not_there_is_named(string url, string patternId)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal($"the proxy 127.0.0.1:{port}: connection refused", await FailureAsync(patternId, Through(port).On(new Target("real", new Uri(url)))));
    }

    [Theory]
    [InlineData("https://x/", "https_proxy=p", "https_proxy")]
    [InlineData("http://x/", "HTTP_PROXY=p", "HTTP_PROXY")]
    [InlineData("http://x/", "HTTPS_PROXY=p", null)]
    [InlineData("http://x/", "ALL_PROXY=p", "ALL_PROXY")]
    [InlineData("http://x.corp/", "ALL_PROXY=p NO_PROXY=a,.corp", null)]
    [InlineData("http://x/", "http_proxy=p no_proxy=*", null)]
    [InlineData("http://x/", "http_proxy=", null)]
    [Fault("{0} is called, and the environment has {1}", "ignored, and named on standard error: {2}")]
    public void A_variable_that_is_ignored_is_named(string url, string environment, string? variable)
    {
        var variables = environment.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        var notice = IgnoredProxy.Notice([new Uri(url)], name => variables.GetValueOrDefault(name));

        Assert.Equal(variable is null ? null : $"{variable} is ignored: no proxy is used; --proxy env uses it, --proxy none says nothing of it", notice);
    }

    private static OwnRequest Through(int port, string? credentials = null) => new() { Proxy = new ProxyChoice(new Uri($"http://{credentials}127.0.0.1:{port}/")) };

    private static async Task<string> FailureAsync(string patternId, Target target)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => OwnRequestTests.CallAsync(patternId, target));
        Assert.True(Failure.IsOfACall(failure), failure.ToString());
        return Failure.Describe(failure);
    }
}
