using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class FirstTriesTests
{
    [Fact]
    [Fault("a name with two addresses, of which the first refuses", "its address, that it refused, and what that cost")]
    public async Task An_address_that_refuses_before_the_one_that_answers_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere 127.0.0.2 is nobody's address");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var tries = await FirstTries.OfAsync([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback, IPAddress.Parse("127.0.0.3")], port, TimeProvider.System, TestContext.Current.CancellationToken);

        var vain = Assert.Single(tries);
        Assert.Matches($"^127[.]0[.]0[.]2:{port} [(]refused after [0-9.]+ ms[)]$", vain.Words(port));
    }

    [Fact]
    public async Task Where_the_first_address_answers_or_is_the_only_one_nothing_is_said()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Empty(await FirstTries.OfAsync([IPAddress.Loopback, IPAddress.IPv6Loopback], port, TimeProvider.System, TestContext.Current.CancellationToken));
        listener.Stop();
        Assert.Empty(await FirstTries.OfAsync([IPAddress.Loopback], port, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    [Fault("a name with two addresses, through a proxy or with `--resolve`", "nothing: the client tries no other address")]
    public async Task Through_a_proxy_or_to_an_address_that_was_named_no_other_is_tried()
    {
        var addresses = await Dns.GetHostAddressesAsync("localhost", TestContext.Current.CancellationToken);
        Assert.SkipUnless(addresses is [{ AddressFamily: AddressFamily.InterNetworkV6 }, .., { AddressFamily: AddressFamily.InterNetwork }], "localhost has no ::1 before its 127.0.0.1 here");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        Assert.Single(await OfAsync(new OwnRequest()));
        Assert.Empty(await OfAsync(new OwnRequest { Proxy = new ProxyChoice(new Uri("http://127.0.0.1:3128/")) }));
        Assert.Empty(await OfAsync(new OwnRequest { Resolve = [new("localhost", url.Port, "127.0.0.1")] }));

        Task<IReadOnlyList<FirstTry>> OfAsync(OwnRequest request) => FirstTries.OfAsync(request, url, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
