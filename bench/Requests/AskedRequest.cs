using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Requests;

/// <summary>What the user asked of the calls to URLs: the request, and what belongs to the verb rather than to a call.</summary>
internal sealed record AskedRequest
{
    private const string Authorization = "Authorization";

    /// <summary>Nothing was asked.</summary>
    public static AskedRequest Nothing { get; } = new();

    /// <summary>The request.</summary>
    public OwnRequest Request { get; init; } = OwnRequest.Plain;

    /// <summary>URLs that were given in files.</summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [];

    /// <summary>The options that were given, as they were typed.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether a method that may write is to be sent as often as it takes.</summary>
    public bool Yes { get; init; }

    /// <summary>Whether the user said which proxy, if only that there is none.</summary>
    public bool ProxyIsChosen { get; init; }

    /// <summary>All URLs: those that were typed, and those of files.</summary>
    /// <exception cref="UserException">One was typed beside a file that has the one.</exception>
    public IReadOnlyList<Uri> With(IReadOnlyList<Uri> typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return typed.Count > 0 && Options.Contains(HttpFile.Option) ? throw Wrong($"{HttpFile.Option} and {PublicUrl.Of(typed[0])} exclude each other: the file says what is called")
            : [.. typed, .. Urls];
    }

    /// <summary>Checks what only shows beside the URLs.</summary>
    /// <param name="urls">All URLs of the user's.</param>
    /// <param name="http">The HTTP version that is insisted on; null for HTTP/1.1.</param>
    /// <exception cref="UserException">An option has no effect on them, or contradicts them.</exception>
    public void Check(IReadOnlyCollection<Uri> urls, Version? http = null)
    {
        ArgumentNullException.ThrowIfNull(urls);
        if (Options.Count > 0 && urls.Count == 0)
        {
            throw Wrong($"{Options[0]} is for a URL: no URL is called here, and local targets get the request that they answer");
        }

        foreach (var url in urls)
        {
            CheckCredentials(url);
            if (url.Scheme == Uri.UriSchemeHttp && Options.FirstOrDefault(option => option is "--cert" or "--cacert") is { } tls)
            {
                throw Wrong($"{tls} is for https: {PublicUrl.Of(url)} has no TLS");
            }
        }

        if (http is { Major: 3 } && (Request.Proxy is not null ? "--proxy" : Request.Resolve.Count > 0 ? "--resolve" : null) is { } tcp)
        {
            throw Wrong($"{tcp} is for TCP: HTTP/3 runs over QUIC, where .NET knows none");
        }

        if (!Request.Follow && Request.Resolve.FirstOrDefault(resolved => !urls.Any(url => resolved.Port == url.Port && resolved.Host.Equals(url.Host, StringComparison.OrdinalIgnoreCase))) is { } idle)
        {
            throw Wrong($"--resolve {idle.Host}:{idle.Port}: no URL here has this host and port");
        }
    }

    /// <summary>Lets a method that may write go on only where the user has said so, once it is known how often it would be sent.</summary>
    /// <param name="times">How often, over the whole run; null where nobody can tell.</param>
    /// <exception cref="UserException">The method may write, and nobody said yes.</exception>
    public void EnsureMayBeSent(long? times)
    {
        if (!Request.OnlyReads && !Yes)
        {
            throw Wrong($"{Request.Method} may write, and would be sent {(times is null ? "as often as the job decides" : $"up to {times} times")}{Request.RedirectsBesides}: --yes sends it");
        }
    }

    /// <summary>Names a proxy variable that is not heeded, in one line.</summary>
    /// <param name="urls">What is called.</param>
    /// <param name="errors">Told it.</param>
    public void TellIgnoredProxy(IEnumerable<Uri> urls, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!ProxyIsChosen && IgnoredProxy.Notice(urls, Environment.GetEnvironmentVariable) is { } notice)
        {
            errors.WriteLine(notice);
        }
    }

    private void CheckCredentials(Uri url)
    {
        string?[] sources =
        [
            Request.Credentials is null ? null : "--user",
            url.UserInfo.Length == 0 ? null : $"the user info of {PublicUrl.Of(url)}",
            Request.Headers.Any(header => header.Name.Equals(Authorization, StringComparison.OrdinalIgnoreCase)) ? $"the header {Authorization}" : null,
        ];
        if (sources.OfType<string>().ToArray() is [var one, var other, ..])
        {
            throw Wrong($"{one} and {other} exclude each other: leave one out");
        }
    }

    private static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
