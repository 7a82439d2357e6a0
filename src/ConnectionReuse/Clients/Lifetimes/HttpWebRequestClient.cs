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
    public override string? Unable(OwnRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Resolve.Count > 0 ? "HttpWebRequest cannot be told an address"
            : request.Follow ? "HttpWebRequest would take headers along to another host"
            : null;
    }

    /// <inheritdoc/>
    public override string? NotElsewhere(Version? httpVersion) => LifetimePattern.KeepsToHttp11(httpVersion);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(async cancellationToken =>
    {
        target.ClientCreated?.Invoke();
#pragma warning disable SYSLIB0014 // obsolete: that is what the row is about
        var request = WebRequest.CreateHttp(target.Uri);
#pragma warning restore SYSLIB0014
        request.Proxy = target.Request?.Proxy?.ToWebProxy();
        request.UserAgent = target.UserAgent;
        request.AllowAutoRedirect = false;
        request.Timeout = (int)target.Timeout.TotalMilliseconds;
        request.ServerCertificateValidationCallback = (_, certificate, _, _) => IsTrusted(certificate, target);
        using var cancelled = cancellationToken.Register(request.Abort);
        try
        {
            if (target.Request is { } own)
            {
                await DressAsync(request, target, own, cancellationToken);
            }

            return await AnswerAsync((HttpWebResponse)await request.GetResponseAsync(), target, cancellationToken);
        }
        catch (WebException e) when (e.Response is HttpWebResponse refusal)
        {
            return await AnswerAsync(refusal, target, cancellationToken);
        }
        catch (WebException e) when (e.InnerException is HttpRequestException failure && target.Request?.Proxy is { } proxy && ProxyFailure.Of(failure, proxy, target.Uri) is { } refusal)
        {
            throw refusal;
        }
        catch (WebException e)
        {
            throw e.InnerException as HttpRequestException ?? new HttpRequestException(e.Message, e);
        }
    });

    private static async Task<Version> AnswerAsync(HttpWebResponse response, Target target, CancellationToken cancellationToken)
    {
        using (response)
        {
            Exchange.CheckStatus(response.StatusCode, response.StatusDescription, target);
            using var body = new MemoryStream();
            await response.GetResponseStream().CopyToAsync(body, cancellationToken);
            Exchange.CheckLength(body.Length, target);
            return Exchange.CheckedVersion(response.ProtocolVersion, target);
        }
    }

    private static async Task DressAsync(HttpWebRequest request, Target target, OwnRequest own, CancellationToken cancellationToken)
    {
        request.Method = own.Method;
        if (own.Certificate is { } certificate)
        {
            request.ClientCertificates.Add(certificate.Context.TargetCertificate);
        }

        using var message = new HttpRequestMessage { Content = own.Body is null && own.ContentType is null ? null : new ReadOnlyMemoryContent(own.Body ?? ReadOnlyMemory<byte>.Empty) };
        if (own.ContentType is not null)
        {
            request.ContentType = own.ContentType;
        }

        DressedHeaders.Add(message, target, own);
        foreach (var (name, values) in message.Headers.NonValidated.Concat(message.Content?.Headers.NonValidated ?? Enumerable.Empty<KeyValuePair<string, System.Net.Http.Headers.HeaderStringValues>>()))
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) // which it counts itself
            {
                request.Headers[name] = values.ToString();
            }
        }

        if (own.Body is { } body)
        {
            await using var stream = await request.GetRequestStreamAsync();
            await stream.WriteAsync(body, cancellationToken);
        }
    }

    // It takes no chain policy.
    private static bool IsTrusted(X509Certificate? certificate, Target target)
    {
        using var chain = new X509Chain { ChainPolicy = target.Trust?.ChainPolicy() ?? new X509ChainPolicy() };
        return certificate is X509Certificate2 leaf && chain.Build(leaf) && leaf.MatchesHostname(target.Uri.Host);
    }
}
