using System.Net;
using System.Security.Cryptography.X509Certificates;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Targets;

public sealed class TestCertificatesTests : IDisposable
{
    private readonly TestCertificates _certificates = TestCertificates.Create(TimeProvider.System);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void The_leaf_is_valid_for_each_name_of_loopback(string name)
    {
        Assert.True(_certificates.Leaf.MatchesHostname(name));
        Assert.True(IsTrusted(_certificates.Leaf, _certificates));
    }

    [Fact]
    public void The_leaf_is_valid_for_no_other_name() => Assert.False(_certificates.Leaf.MatchesHostname("example.org"));

    [Theory]
    [InlineData("reuse-server")]
    [InlineData("10.98.0.2")]
    public void A_leaf_for_a_server_of_another_machine_is_valid_for_its_name_and_its_address(string name)
    {
        using var certificates = TestCertificates.Create(TimeProvider.System, "reuse-server", IPAddress.Parse("10.98.0.2"));
        Assert.True(certificates.Leaf.MatchesHostname(name));
        Assert.False(certificates.Leaf.MatchesHostname("localhost"));
        Assert.True(IsTrusted(certificates.Leaf, certificates));
    }

    [Fact]
    public void It_is_valid_from_a_day_back() =>
        Assert.InRange(DateTime.Now - _certificates.Leaf.NotBefore, TimeSpan.FromHours(23.9), TimeSpan.FromHours(25));

    [Fact]
    public void A_leaf_of_another_run_is_not_trusted()
    {
        using var other = TestCertificates.Create(TimeProvider.System);
        Assert.False(IsTrusted(other.Leaf, _certificates));
    }

    [Fact]
    public void The_key_of_the_authority_is_not_kept() => Assert.False(_certificates.Authority.HasPrivateKey);

    [Fact]
    public async Task A_client_that_trusts_another_authority_refuses_the_server()
    {
        using var other = TestCertificates.Create(TimeProvider.System);
        await using var server = await KestrelServer.StartAsync(TargetIds.KestrelHttps, new KestrelSettings { Certificate = _certificates.Leaf }, TestContext.Current.CancellationToken);
        var target = new Target(server.TargetId, server.Uri) { Trust = new TrustedRoot(other.Authority.ExportCertificatePem()) };
        await using var caller = new FreshClient().Open(target);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => caller.CallAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("TLS: ", Failure.Describe(error), StringComparison.Ordinal);
        Assert.Equal(0, server.Counter.Mark().Requests);
    }

    public void Dispose() => _certificates.Dispose();

    private static bool IsTrusted(X509Certificate2 leaf, TestCertificates by)
    {
        using var chain = new X509Chain { ChainPolicy = new TrustedRoot(by.Authority.ExportCertificatePem()).ChainPolicy() };
        return chain.Build(leaf);
    }
}
