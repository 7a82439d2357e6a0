using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Requests;

/// <summary>Clients that identify themselves, and authorities of the user's.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly ClientCertificates _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("fresh", "both.pem", null, null)]
    [InlineData("shared", "certificate.pem", "key.pem", null)]
    [InlineData("web-request", "locked.pem", null, ClientCertificates.Password)]
    [InlineData("restsharp-shared", "client.pfx", null, ClientCertificates.Password)]
    public async Task A_server_that_demands_a_certificate_gets_it(string patternId, string certificate, string? key, string? password)
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RecordingServer(tls: HttpText.Tls(certificates.Leaf, _files.Authority));
        var authority = _files["server.pem"];
        File.WriteAllText(authority, $"{_files.Authority.ExportCertificatePem()}\n{certificates.Authority.ExportCertificatePem()}"); // several in a file
        var request = new OwnRequest { AuthorityPem = CertificateFiles.Authorities(authority) };

        await Assert.ThrowsAnyAsync<Exception>(() => OwnRequestTests.CallAsync(patternId, request.On(server.Target)));
        Assert.Empty(server.Requests);
        await OwnRequestTests.CallAsync(patternId, (request with { Certificate = CertificateFiles.Client(_files[certificate], key is null ? null : _files[key], password) }).On(server.Target), calls: 2);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Another_authority_than_the_named_one_is_not_trusted()
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = new RecordingServer(tls: HttpText.Tls(certificates.Leaf));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => OwnRequestTests.CallAsync("shared", new OwnRequest { AuthorityPem = CertificateFiles.Authorities(_files["authority.pem"]) }.On(server.Target)));

        Assert.StartsWith("TLS: ", Failure.Describe(failure), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("missing.pem", null, null, "--cert missing.pem: there is no such file")]
    [InlineData("certificate.pem", "missing.pem", null, "--key missing.pem: there is no such file")]
    [InlineData("certificate.pem", null, null, "--cert certificate.pem: a certificate without its private key, which --key FILE can name")]
    [InlineData("certificate.pem", "none.pem", null, "--key none.pem: no private key in PEM")]
    [InlineData("certificate.pem", "other-key.pem", null, "--key other-key.pem: no certificate with a key that belongs to it")]
    [InlineData("garbage.pem", null, null, "--cert garbage.pem: no certificate with a key that belongs to it")]
    [InlineData("locked.pem", null, null, "--cert locked.pem: the key is encrypted: --pass '$NAME' gives its password, out of a variable of the environment")]
    [InlineData("locked.pem", null, "wrong", "--cert locked.pem: the password is wrong, or the key is not the certificate's")]
    [InlineData("client.pfx", null, null, "--cert client.pfx: neither PEM nor PKCS#12; or a password is needed, with --pass '$NAME'")]
    [InlineData("client.pfx", null, "wrong", "--cert client.pfx: neither PEM nor PKCS#12; or the password is wrong")]
    [InlineData("none.pem", null, null, "--cert none.pem: neither PEM nor PKCS#12; or a password is needed, with --pass '$NAME'")]
    [Fault("`--cert {0}`, key `{1}`", "{3}; exit 2")]
    public void A_certificate_that_cannot_be_used_is_named(string certificate, string? key, string? password, string message)
    {
        var failure = Assert.Throws<UserException>(() => CertificateFiles.Client(_files[certificate], key is null ? null : _files[key], password));

        Assert.Equal((ExitCode.WrongUse, message), (failure.ExitCode, failure.Message.Replace(_files[string.Empty] + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("missing.pem", "--cacert missing.pem: there is no such file")]
    [InlineData("none.pem", "--cacert none.pem: no certificate")]
    [InlineData("key.pem", "--cacert key.pem: no certificate")]
    [Fault("`--cacert {0}`", "{1}; exit 2")]
    public void An_authority_that_cannot_be_used_is_named(string file, string message)
    {
        var failure = Assert.Throws<UserException>(() => CertificateFiles.Authorities(_files[file]));

        Assert.Equal((ExitCode.WrongUse, message), (failure.ExitCode, failure.Message.Replace(_files[string.Empty] + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal)));
    }
}
