using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The options of a request of the user's own, in the words of curl and hey, as every verb that calls a URL takes them.</summary>
internal sealed class RequestOptionSet
{
    private const string FormType = "application/x-www-form-urlencoded"; // curl's, for data without a type

    private readonly Option<string?> _method = One("--method", "-X", "The method; POST where there is data, else GET", "METHOD");
    private readonly Option<string[]> _headers = new("--header", "-H") { Description = "A header, such as 'Accept: text/html'; $NAME in its value is a variable of the environment; repeatable", HelpName = "HEADER" };
    private readonly Option<string[]> _data = new("--data", "-d") { Description = "Data to send, with $NAME as in headers, or @file as it is; repeated, joined by &", HelpName = "DATA" };
    private readonly Option<string?> _contentType = One("--content-type", "-T", "The media type of the data [default: application/x-www-form-urlencoded]", "TYPE");
    private readonly Option<string?> _user = One("--user", "-u", "Basic credentials, such as 'me:$PASSWORD'", "USER:PASSWORD");
    private readonly Option<string?> _cookie = One("--cookie", "-b", "A Cookie header, such as 'session=$SESSION'", "NAME=VALUE");
    private readonly Option<string?> _timeout = One("--timeout", null, "How long one call may take [default: 10s]", "TIME");
    private readonly Option<string?> _userAgent = One("--user-agent", "-A", "The User-Agent for URLs", "TEXT");
    private readonly Option<string?> _proxy = One("--proxy", null, "The proxy for URLs: env (what the environment says), a URL with user info perhaps, or none [default: none]", "PROXY");
    private readonly Option<string?> _certificate = One(CertificateFiles.Certificate, null, "A client certificate: PEM, or PKCS#12 with its key", "FILE");
    private readonly Option<string?> _key = One(CertificateFiles.Key, null, "Its key, where --cert has none", "FILE");
    private readonly Option<string?> _password = One(CertificateFiles.Password, null, "The password of that key, such as '$KEY_PASSWORD'", "TEXT");
    private readonly Option<string?> _authority = One(CertificateFiles.Authority, null, "The only certificate authorities to trust, instead of the machine's", "FILE");
    private readonly Option<bool> _follow = new("--follow", "-L") { Description = "Follow redirects: a call goes to their end" };
    private readonly Option<int?> _expected = CommonOptions.WholeNumber(["--expect-status"], 100, 599, "The status that is the right one, instead of any success");
    private readonly Option<string[]> _resolve = new("--resolve") { Description = "Where a host is, instead of what the resolver says; repeatable", HelpName = "HOST:PORT:ADDRESS" };
    private readonly Option<string?> _pause = One("--pause", null, "A wait before each call, which is no part of its time, such as 5s", "TIME");
    private readonly Option<string?> _request = One(HttpFile.Option, null, "A .http file of one request, instead of a URL and -X, -H, -d", "FILE");
    private readonly Option<string?> _urls = One("--urls-from", null, "A file with a URL in each line, beside those of the command line", "FILE");
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Sends a method that may write as often as it takes" };
    private readonly Option<bool> _insecure = new("--insecure", "-k") { Hidden = true };
    private readonly Func<string, string?> _environment;

    /// <summary>Makes the options of a verb.</summary>
    /// <param name="environment">The value of a variable; null for the process's environment.</param>
    public RequestOptionSet(Func<string, string?>? environment = null) => _environment = environment ?? Environment.GetEnvironmentVariable;

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All =>
    [
        _method, _headers, _data, _contentType, _user, _cookie, _timeout, _userAgent, _proxy, _certificate, _key, _password, _authority,
        _follow, _expected, _resolve, _pause, _request, _urls, _yes, _insecure,
    ];

    /// <summary>What was asked. What only shows beside the URLs, <see cref="AskedRequest.Check"/> checks.</summary>
    /// <exception cref="UserException">A value does not fit, or options contradict each other.</exception>
    public AskedRequest Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.GetValue(_insecure))
        {
            throw CommonOptions.Wrong($"{Typed(result, _insecure)} is refused: certificates are always validated; {_authority.Name} FILE names an authority to trust");
        }

        Pair(result, _key, _certificate);
        Pair(result, _password, _certificate);
        Exclude(result, _request, _method, _headers, _data, _contentType, _urls);
        var file = result.GetValue(_request) is { } path ? HttpFile.Read(path, _environment) : null;
        var headers = (file?.Headers ?? [.. (result.GetValue(_headers) ?? []).Select(text => HeaderText.Parse(_headers.Aliases.Single(), text, Expand))]).ToList();
        AddCookie(result, headers);
        var body = file is null ? Body(result) : file.Body;
        var request = new OwnRequest
        {
            Method = file?.Method ?? Method(result, body is not null),
            Headers = headers,
            Body = body,
            ContentType = file is null && body is not null ? ContentType(result, headers) : null,
            Credentials = Credentials(result),
            Proxy = Proxy(result),
            Certificate = result.GetValue(_certificate) is { } certificate
                ? CertificateFiles.Client(certificate, result.GetValue(_key), result.GetValue(_password) is { } password ? Expand(_password.Name, password) : null) : null,
            AuthorityPem = result.GetValue(_authority) is { } authority ? CertificateFiles.Authorities(authority) : null,
            Follow = result.GetValue(_follow),
            ExpectedStatus = result.GetValue(_expected),
            Resolve = [.. (result.GetValue(_resolve) ?? []).Select(Resolved)],
            UserAgent = UserAgent(result, headers),
            Timeout = result.GetValue(_timeout) is { } timeout ? TimeText.Parse(_timeout.Name, timeout) : null,
            Pause = result.GetValue(_pause) is { } pause ? TimeText.Parse(_pause.Name, pause) : TimeSpan.Zero,
        };
        CheckTogether(result, request);
        return new AskedRequest
        {
            Request = request,
            Urls = file is not null ? [file.Url] : result.GetValue(_urls) is { } urls ? UrlsOf(urls) : [],
            Options = [.. All.Where(option => Given(result, option) is not null).Select(option => Typed(result, option))],
            Yes = result.GetValue(_yes),
            ProxyIsChosen = Given(result, _proxy) is not null,
        };
    }

    /// <summary>An option's words as they may be published; null where the option holds nothing to hide.</summary>
    /// <param name="option">The option.</param>
    /// <param name="word">One of its words.</param>
    public static string? Publishable(Option option, string word)
    {
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(word);
        const string Hidden = "<hidden>";
        return option.Name switch
        {
            "--header" => word.Contains(':', StringComparison.Ordinal) ? $"{word.Split(':')[0]}:{Hidden}" : Hidden,
            CommonOptions.ServerOption => "<server>",
            "--data" => word.StartsWith('@') ? "@<file>" : Hidden,
            "--user" or "--cookie" or CertificateFiles.Password => Hidden,
            "--proxy" => Uri.TryCreate(word, UriKind.Absolute, out var url) ? url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : word is "env" or "none" ? word : Hidden,
            _ => null,
        };
    }

    private string Expand(string what, string text) => Variables.Expand(what, text, _environment);

    private string Method(ParseResult result, bool hasBody)
    {
        var method = result.GetValue(_method) ?? (hasBody ? "POST" : "GET");
        return !HeaderText.IsName(method) ? throw CommonOptions.Wrong($"-X {method}: no method")
            : method.Equals("CONNECT", StringComparison.OrdinalIgnoreCase) ? throw CommonOptions.Wrong("-X CONNECT: it asks a proxy for a tunnel, which --proxy does")
            : method;
    }

    private void AddCookie(ParseResult result, List<RequestHeader> headers)
    {
        if (result.GetValue(_cookie) is not { } cookie)
        {
            return;
        }

        if (headers.Any(header => header.Name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)))
        {
            throw CommonOptions.Wrong($"{_cookie.Name} and a header Cookie exclude each other: leave one out");
        }

        headers.Add(cookie.Contains('=', StringComparison.Ordinal) ? HeaderText.Parse(_cookie.Name, $"Cookie: {cookie}", Expand)
            : throw CommonOptions.Wrong($"{_cookie.Name}: NAME=VALUE is needed"));
    }

    private ReadOnlyMemory<byte>? Body(ParseResult result)
    {
        if (result.GetValue(_data) is not { Length: > 0 } data)
        {
            return Given(result, _contentType) is null ? null : throw CommonOptions.Wrong("-T has no effect without -d");
        }

        using var body = new MemoryStream();
        foreach (var (place, datum) in data.Index())
        {
            body.Write(place > 0 ? "&"u8 : []);
            body.Write(datum.StartsWith('@') ? InputFile.Bytes("-d", datum[1..]) : Encoding.UTF8.GetBytes(Expand("-d", datum)));
        }

        return body.ToArray();
    }

    private string? ContentType(ParseResult result, List<RequestHeader> headers)
    {
        var own = headers.Any(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));
        return result.GetValue(_contentType) is not { } type ? own ? null : FormType
            : own ? throw CommonOptions.Wrong("-T and a header Content-Type exclude each other: leave one out")
            : type.Length > 0 && HeaderText.IsValue(type) ? type
            : throw CommonOptions.Wrong("-T: no media type");
    }

    private string? Credentials(ParseResult result)
    {
        if (result.GetValue(_user) is not { } user)
        {
            return null;
        }

        var credentials = Expand(_user.Name, user);
        return credentials.IndexOf(':', StringComparison.Ordinal) > 0 ? credentials : throw CommonOptions.Wrong($"{_user.Name}: USER:PASSWORD is needed");
    }

    private ProxyChoice? Proxy(ParseResult result)
    {
        const string Schemes = "env, none, or a URL such as http://user:password@host:3128 (http, https, socks4, socks4a, socks5)";
        return result.GetValue(_proxy) switch
        {
            null or "none" => null,
            "env" => new ProxyChoice(null),
            var text => Uri.TryCreate(Expand(_proxy.Name, text), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5" && url.Host.Length > 0
                ? url.PathAndQuery is "/" or "" ? new ProxyChoice(url) : throw CommonOptions.Wrong($"{_proxy.Name}: a proxy's URL has no path")
                : throw CommonOptions.Wrong($"{_proxy.Name}: {Schemes}"),
        };
    }

    private ResolvedAddress Resolved(string text)
    {
        var parts = text.Split(':', 3);
        return parts is [{ Length: > 0 } host, var port, var address] && ushort.TryParse(port, out var number) && number > 0 && System.Net.IPAddress.TryParse(address, out var ip)
            ? new ResolvedAddress(host, number, ip.ToString())
            : throw CommonOptions.Wrong($"{_resolve.Name} {text}: HOST:PORT:ADDRESS is needed, such as example.org:443:127.0.0.1");
    }

    private string? UserAgent(ParseResult result, List<RequestHeader> headers)
    {
        if (result.GetValue(_userAgent) is not { } text)
        {
            // One in a header is the one: nothing else is to be sent beside it.
            return headers.FirstOrDefault(header => header.Name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase))?.Value is { } own ? Valid("the header User-Agent", own) : null;
        }

        return headers.Any(header => header.Name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase))
            ? throw CommonOptions.Wrong($"{_userAgent.Name} and a header User-Agent exclude each other: leave one out")
            : Valid($"{_userAgent.Name} '{text}'", text);
    }

    private static string Valid(string what, string userAgent)
    {
        using var request = new HttpRequestMessage();
        return request.Headers.UserAgent.TryParseAdd(userAgent) ? userAgent : throw CommonOptions.Wrong($"{what} is not a valid User-Agent header");
    }

    private static Uri[] UrlsOf(string path)
    {
        const string Option = "--urls-from";
        Uri[] urls = [.. InputFile.Text(Option, path).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => CommonOptions.Url(line, $"{Option} {path}:"))];
        return urls.Length > 0 ? urls : throw CommonOptions.Wrong($"{Option} {path}: no URL in it");
    }

    private void CheckTogether(ParseResult result, OwnRequest request)
    {
        if (request.Proxy?.Url is not null && request.Resolve.Count > 0)
        {
            throw CommonOptions.Wrong($"{_resolve.Name} and {_proxy.Name} exclude each other: a proxy looks the address up itself");
        }

        if (request is { Follow: true, ExpectedStatus: >= 300 and < 400 and not 304 })
        {
            throw CommonOptions.Wrong($"{_follow.Name} and {_expected.Name} {request.ExpectedStatus} exclude each other: a redirect that is followed is no answer");
        }

        if (request.OnlyReads && Given(result, _yes) is not null)
        {
            throw CommonOptions.Wrong($"{_yes.Name} has no effect: {request.Method} only reads");
        }
    }

    private static void Pair(ParseResult result, Option option, Option needed)
    {
        if (Given(result, option) is not null && Given(result, needed) is null)
        {
            throw CommonOptions.Wrong($"{option.Name} has no effect without {needed.Name}");
        }
    }

    private static void Exclude(ParseResult result, Option option, params Option[] others)
    {
        if (Given(result, option) is not null && others.FirstOrDefault(other => Given(result, other) is not null) is { } given)
        {
            throw CommonOptions.Wrong($"{option.Name} and {Typed(result, given)} exclude each other: the file says it");
        }
    }

    private static OptionResult? Given(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false } given ? given : null;

    private static string Typed(ParseResult result, Option option) => Given(result, option)?.IdentifierToken?.Value ?? option.Name;

    private static Option<string?> One(string name, string? letter, string meaning, string value) =>
        new(name, letter is null ? [] : [letter]) { Description = meaning, HelpName = value };
}
