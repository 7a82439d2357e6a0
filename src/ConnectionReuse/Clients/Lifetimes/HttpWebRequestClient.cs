using System.Net;
using System.Security.Cryptography.X509Certificates;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>
/// <see cref="HttpWebRequest"/>, which code from .NET Framework still uses: a wrapper that makes an HttpClient for each
/// request that has settings of its own.
/// </summary>
internal sealed class HttpWebRequestClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "web-request";

    /// <inheritdoc/>
    public override string Statement => "WebRequest.CreateHttp(url).GetResponseAsync() // a callback of its own";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Advice => "use HttpClient: HttpWebRequest is obsolete, and with a certificate callback, cookies or a proxy of its own it makes a client for each request";

    /// <inheritdoc/>
    public override string? NotElsewhere(Version? httpVersion) => LifetimePattern.KeepsToHttp11(httpVersion);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(async cancellationToken =>
    {
        target.ClientCreated?.Invoke();
#pragma warning disable SYSLIB0014 // obsolete: that is what the row is about
        var request = WebRequest.CreateHttp(target.Uri);
#pragma warning restore SYSLIB0014
        request.Proxy = null;
        request.UserAgent = target.UserAgent;
        request.AllowAutoRedirect = false;
        request.Timeout = (int)target.Timeout.TotalMilliseconds;
        request.ServerCertificateValidationCallback = (_, certificate, _, _) => IsTrusted(certificate, target);
        using var cancelled = cancellationToken.Register(request.Abort);
        try
        {
            using var response = (HttpWebResponse)await request.GetResponseAsync();
            using var body = new MemoryStream();
            await response.GetResponseStream().CopyToAsync(body, cancellationToken);
            Exchange.CheckLength(body.Length, target);
            return Exchange.CheckedVersion(response.ProtocolVersion, target);
        }
        catch (WebException e) when (e.Response is HttpWebResponse refusal)
        {
            throw new ExchangeException(Exchange.Status(refusal.StatusCode, refusal.StatusDescription));
        }
        catch (WebException e)
        {
            throw e.InnerException as HttpRequestException ?? new HttpRequestException(e.Message, e);
        }
    });

    // It takes no chain policy.
    private static bool IsTrusted(X509Certificate? certificate, Target target)
    {
        using var chain = new X509Chain { ChainPolicy = target.Trust?.ChainPolicy() ?? new X509ChainPolicy() };
        return certificate is X509Certificate2 leaf && chain.Build(leaf) && leaf.MatchesHostname(target.Uri.Host);
    }
}
