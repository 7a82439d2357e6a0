using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ConnectionReuse.Abstractions;

/// <summary>The local server that stands in for yours: it answers with what <c>--respond</c> names.</summary>
/// <param name="baseAddress">Where it is, over http or https.</param>
/// <param name="authorityPem">The certificate authority of this run, in PEM; null over http.</param>
public sealed class GuardedServer(Uri baseAddress, string? authorityPem)
{
    /// <summary>Where it is, with a slash at its end.</summary>
    public Uri BaseAddress { get; } = baseAddress;

    /// <summary>The certificate authority of this run, in PEM; null over http.</summary>
    public string? AuthorityPem { get; } = authorityPem;

    /// <summary>A new handler that trusts this server and nobody else, and asks no proxy. Each has a pool of connections of its own.</summary>
    public SocketsHttpHandler CreateHandler() => new() { UseProxy = false, SslOptions = CreateSslOptions() };

    /// <summary>TLS options that trust the authority of this run alone, for a handler that is made elsewhere.</summary>
    public SslClientAuthenticationOptions CreateSslOptions()
    {
        var options = new SslClientAuthenticationOptions();
        if (AuthorityPem is null)
        {
            return options;
        }

        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // an authority made for the run publishes no revocation list
            DisableCertificateDownloads = true,
        };
        options.CertificateChainPolicy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(AuthorityPem));
        return options;
    }
}
