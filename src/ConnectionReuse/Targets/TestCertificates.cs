using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectionReuse.Targets;

/// <summary>A certificate authority and a leaf for <c>localhost</c>, made for one run and kept in memory.</summary>
internal sealed class TestCertificates : IDisposable
{
    private TestCertificates(X509Certificate2 authority, X509Certificate2 leaf)
    {
        Authority = authority;
        Leaf = leaf;
    }

    /// <summary>The root, without its key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The server certificate with its key.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>Makes a new pair, valid from an hour ago for two days.</summary>
    public static TestCertificates Create(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var notBefore = time.GetUtcNow().AddHours(-1);
        var notAfter = notBefore.AddDays(2);

        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = AuthorityRequest(authorityKey).CreateSelfSigned(notBefore, notAfter);

        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = LeafRequest(leafKey).Create(authority, notBefore, notAfter, RandomNumberGenerator.GetBytes(16));
        using var leaf = signed.CopyWithPrivateKey(leafKey);

        return new TestCertificates(
            X509CertificateLoader.LoadCertificate(authority.RawData),
            Servable(leaf));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Leaf.Dispose();
    }

    private static CertificateRequest AuthorityRequest(ECDsa key)
    {
        var request = new CertificateRequest("CN=Connection reuse test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static CertificateRequest LeafRequest(ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);

        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false)); // serverAuth, RFC 5280 4.2.1.12
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    // Windows' TLS cannot serve a key that exists only in memory: loading a PFX gives it a key container, which
    // disposing the certificate deletes.
    private static X509Certificate2 Servable(X509Certificate2 leaf) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null)
        : X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
}
