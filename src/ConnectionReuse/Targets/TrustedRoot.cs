using System.Security.Cryptography.X509Certificates;

namespace ConnectionReuse.Targets;

/// <summary>The only certificate authorities that clients trust: that of the run for the local targets, or the user's for a URL.</summary>
/// <param name="Pem">The public certificates.</param>
public sealed record TrustedRoot(string Pem)
{
    private readonly X509Certificate2Collection _certificates = CertificatesOf(Pem);

    /// <summary>A policy that trusts these roots alone and downloads nothing.</summary>
    public X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // a CA made for the run publishes no revocation list, and HttpClient asks for none by default
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_certificates);
        return policy;
    }

    private static X509Certificate2Collection CertificatesOf(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return certificates;
    }
}
