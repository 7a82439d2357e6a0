using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace ConnectionReuse.Targets;

/// <summary>A certificate that a client identifies itself with, its key, and what lies between it and its authority.</summary>
/// <param name="Pkcs12">All of them as PKCS#12 without a password, in Base64: a secret.</param>
public sealed record ClientCertificate(string Pkcs12)
{
    // Made once: it is every client's.
    private readonly SslStreamCertificateContext _context = ContextOf(X509CertificateLoader.LoadPkcs12Collection(Convert.FromBase64String(Pkcs12), null));

    /// <summary>As TLS takes it.</summary>
    [JsonIgnore]
    public SslStreamCertificateContext Context => _context;

    /// <summary>The name of its owner.</summary>
    public override string ToString() => _context.TargetCertificate.Subject;

    private static SslStreamCertificateContext ContextOf(X509Certificate2Collection certificates)
    {
        var own = certificates.First(certificate => certificate.HasPrivateKey);
        return SslStreamCertificateContext.Create(own, [.. certificates.Where(certificate => certificate != own)], offline: true);
    }
}
