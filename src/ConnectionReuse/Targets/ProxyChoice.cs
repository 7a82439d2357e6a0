using System.Net;

namespace ConnectionReuse.Targets;

/// <summary>The proxy that calls go through.</summary>
/// <param name="Url">Its URL, with user info where it wants credentials; null for what the environment says.</param>
public sealed record ProxyChoice(Uri? Url)
{
    /// <summary>As a handler takes it.</summary>
    public IWebProxy ToWebProxy() => Url is null ? HttpClient.DefaultProxy
        : new WebProxy(new Uri(Url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)))
        {
            Credentials = BasicCredentials.OfUserInfo(Url) is { } credentials ? new NetworkCredential(credentials.Split(':', 2)[0], credentials.Split(':', 2)[1]) : null,
        };

    /// <summary>The proxy that a URL is called through; null where the environment has none for it.</summary>
    public Uri? For(Uri target) => Url ?? HttpClient.DefaultProxy.GetProxy(target);

    /// <summary>Host and port, without user info; nothing where the environment decides.</summary>
    public override string ToString() => Url?.Authority ?? "env";
}
