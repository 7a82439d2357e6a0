using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>Failures that are a proxy's and not the target's, said so.</summary>
internal static partial class ProxyFailure
{
    /// <summary>The failure in the proxy's name; null where it is not the proxy's.</summary>
    /// <param name="failure">What the call failed with.</param>
    /// <param name="proxy">The proxy that was asked for.</param>
    /// <param name="target">What was called.</param>
    public static ExchangeException? Of(HttpRequestException failure, ProxyChoice proxy, Uri target)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(proxy);
        return proxy.For(target) is not { } url ? null : failure.HttpRequestError switch
        {
            HttpRequestError.ProxyTunnelError => new($"the proxy {url.Authority} {Tunnel(failure)}"),
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError => new($"the proxy {url.Authority}: {Failure.Describe(failure)}"), // nobody else is connected to
            _ => null,
        };
    }

    /// <summary>The refusal of a proxy that wants credentials; null where the response is none.</summary>
    public static ExchangeException? Of(HttpResponseMessage response, ProxyChoice proxy, Uri target)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(proxy);
        return response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired && proxy.For(target) is { } url
            ? new($"the proxy {url.Authority} {Words((int)HttpStatusCode.ProxyAuthenticationRequired)}")
            : null;
    }

    private static string Tunnel(HttpRequestException failure) => Status(failure) is { } status ? $"{Words(status)} to CONNECT" : "made no tunnel";

    private static string Words(int status) => status == (int)HttpStatusCode.ProxyAuthenticationRequired
        ? $"wants other credentials: it answered {status}"
        : $"refuses: it answered {status}";

    // .NET has it in the exception's message alone, at the end.
    private static int? Status(HttpRequestException failure) =>
        (int?)failure.StatusCode ?? (Number().Matches(failure.Message) is [.., var last] ? int.Parse(last.Value, CultureInfo.InvariantCulture) : null);

    [GeneratedRegex("(?<![0-9])[1-5][0-9]{2}(?![0-9])")]
    private static partial Regex Number();
}
