using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectionReuse.Targets;

/// <summary>A certificate authority and a leaf for <c>localhost</c>, or for a name and an address, made for one run and kept in memory.</summary>
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

    // The clocks of two machines may differ by hours, and a server that is used runs for weeks.
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);
    private static readonly TimeSpan Length = TimeSpan.FromDays(60);

    /// <summary>Makes a new pair for loopback, valid from a day ago.</summary>
    public static TestCertificates Create(TimeProvider time) => Create(time, "localhost", IPAddress.Loopback);

    /// <summary>Makes a new pair, valid from a day ago.</summary>
    /// <param name="time">Dates it.</param>
    /// <param name="host">The name, or an address, that clients ask for.</param>
    /// <param name="address">The address that they connect to.</param>
    public static TestCertificates Create(TimeProvider time, string host, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(time);
        var notBefore = time.GetUtcNow() - Back;
        var notAfter = notBefore + Length;

        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = AuthorityRequest(authorityKey).CreateSelfSigned(notBefore, notAfter);

        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = LeafRequest(leafKey, host, address).Create(authority, notBefore, notAfter, RandomNumberGenerator.GetBytes(16));
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

    private static readonly IPAddress[] Loopback = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    private static CertificateRequest AuthorityRequest(ECDsa key)
    {
        var request = new CertificateRequest("CN=Connection reuse test CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static CertificateRequest LeafRequest(ECDsa key, string host, IPAddress address)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (!IPAddress.TryParse(host, out _))
        {
            names.AddDnsName(host);
        }

        foreach (var one in IPAddress.IsLoopback(address) ? (IPAddress[])[address, .. Loopback.Where(other => !other.Equals(address))] : [address])
        {
            names.AddIpAddress(one);
        }

        var request = new CertificateRequest(new X500DistinguishedName("CN=connection reuse"), key, HashAlgorithmName.SHA256);
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
