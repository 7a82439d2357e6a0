using System.Security.Cryptography.X509Certificates;

namespace ConnectionReuse.Targets;

/// <summary>The only certificate authority that the run's clients trust for the local targets.</summary>
/// <param name="Pem">The public certificate; its key stays in the server process.</param>
public sealed record TrustedRoot(string Pem)
{
    private readonly X509Certificate2 _certificate = X509Certificate2.CreateFromPem(Pem);

    /// <summary>A policy that trusts this root alone and downloads nothing.</summary>
    public X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // a CA made for the run publishes no revocation list
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(_certificate);
        return policy;
    }
}
