using System.CommandLine;
using System.Text;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Requests;

/// <summary>The options of a request of the user's own.</summary>
public sealed class RequestOptionTests
{
    private static readonly Uri Url = new("https://example.org/");

    private static readonly Dictionary<string, string> Environment = new() { ["TOKEN"] = "t0ken", ["BROKEN"] = "a\r\nX-Other: b" };

    [Fact]
    public void Options_say_it_as_curl_and_hey_do()
    {
        var request = Read("-X", "PATCH", "-H", "Authorization: Bearer $TOKEN", "-H", "X-A: ${TOKEN}$$", "-d", "a=$TOKEN", "-d", "b=2", "-T", "text/plain",
            "--cookie", "s=$TOKEN", "--timeout", "1.5s", "--user-agent", "me/1", "--follow", "--expect-status", "201", "--resolve", "example.org:443:::1", "--pause", "250ms", "--yes").Request;

        Assert.Equal("PATCH", request.Method);
        Assert.Equal([("Authorization", "Bearer t0ken"), ("X-A", "t0ken$"), ("Cookie", "s=t0ken")], request.Headers.Select(header => (header.Name, header.Value)));
        Assert.Equal(("a=t0ken&b=2", "text/plain"), (Encoding.UTF8.GetString(request.Body!.Value.Span), request.ContentType));
        Assert.Equal((1500d, 250d, "me/1", true, 201), (request.Timeout!.Value.TotalMilliseconds, request.Pause.TotalMilliseconds, request.UserAgent, request.Follow, request.ExpectedStatus));
        Assert.Equal(new ResolvedAddress("example.org", 443, "::1"), Assert.Single(request.Resolve));
    }

    [Theory]
    [InlineData("-d x=1", "POST", "application/x-www-form-urlencoded")]
    [InlineData("-X GET -d x=1", "GET", "application/x-www-form-urlencoded")] // as curl does
    [InlineData("-XPUT -d x=1 -T a/b", "PUT", "a/b")]
    [InlineData("-X DELETE", "DELETE", null)]
    public void Data_is_posted_unless_another_method_is_named(string arguments, string method, string? type)
    {
        var request = Read(arguments.Split(' ')).Request;

        Assert.Equal((method, type), (request.Method, request.ContentType));
    }

    [Fact]
    public void A_file_s_data_are_sent_as_they_are()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "{\n\"a\": \"$TOKEN\"\n}\n");

        var request = Read("-d", "@" + path).Request;

        File.Delete(path);
        Assert.Equal("{\n\"a\": \"$TOKEN\"\n}\n", Encoding.UTF8.GetString(request.Body!.Value.Span));
    }

    [Theory]
    [InlineData("none", true, null)]
    [InlineData("env", true, "env")]
    [InlineData("http://me:$TOKEN@proxy:3128", true, "proxy:3128")]
    [InlineData("socks5://proxy:1080/", true, "proxy:1080")]
    [InlineData(null, false, null)]
    public void The_proxy_is_none_unless_it_is_named(string? given, bool chosen, string? proxy)
    {
        var asked = given is null ? Read() : Read("--proxy", given);

        Assert.Equal((chosen, proxy), (asked.ProxyIsChosen, asked.Request.Proxy?.ToString()));
        Assert.Equal(given?.Contains('$', StringComparison.Ordinal) is true ? "me:t0ken" : null, asked.Request.Proxy?.Url is { } url ? BasicCredentials.OfUserInfo(url) : null);
    }

    [Theory]
    [InlineData("-k", "-k is refused: certificates are always validated; --cacert FILE names an authority to trust")]
    [InlineData("--insecure", "--insecure is refused: certificates are always validated; --cacert FILE names an authority to trust")]
    [InlineData("-H|Accept text/html", "-H: a header needs a colon, as in 'Name: value'")]
    [InlineData("-H|Two words: x", "-H: before the colon stands no header's name")]
    [InlineData("-H|Authorization:", "-H Authorization: the value is missing (a header with a blank needs quotes around all of it)")]
    [InlineData("-H|Content-Length: 5", "-H Content-Length: it is counted")]
    [InlineData("-H|Proxy-Authorization: Basic x", "-H Proxy-Authorization: credentials for a proxy belong into --proxy http://user:password@host:port")]
    [InlineData("-H|X-A: $NOPE", "-H X-A: the environment has no variable NOPE ($$ is a dollar sign)")]
    [InlineData("-H|X-A: $BROKEN", "-H X-A: the value has a character that no header can carry")]
    [InlineData("-d|a=${NOPE}", "-d: the environment has no variable NOPE ($$ is a dollar sign)")]
    [InlineData("-d|@no-such-file", "-d no-such-file: there is no such file")]
    [InlineData("-T|text/plain", "-T has no effect without -d")]
    [InlineData("-d|x|-T|a/b|-H|Content-Type: c/d", "-T and a header Content-Type exclude each other: leave one out")]
    [InlineData("-X|G T", "-X G T: no method")]
    [InlineData("-X|CONNECT", "-X CONNECT: it asks a proxy for a tunnel, which --proxy does")]
    [InlineData("--user|me", "--user: USER:PASSWORD is needed")]
    [InlineData("--user|me:x|-H|Authorization: Bearer y", "--user and the header Authorization exclude each other: leave one out")]
    [InlineData("--cookie|abc", "--cookie: NAME=VALUE is needed")]
    [InlineData("--cookie|a=b|-H|Cookie: c=d", "--cookie and a header Cookie exclude each other: leave one out")]
    [InlineData("--timeout|5", "--timeout 5: a time such as 500ms, 30s or 2m is needed, at most 60m")]
    [InlineData("--pause|0s", "--pause 0s: a time such as 500ms, 30s or 2m is needed, at most 60m")]
    [InlineData("--proxy|proxy:3128", "--proxy: env, none, or a URL such as http://user:password@host:3128 (http, https, socks4, socks4a, socks5)")]
    [InlineData("--proxy|http://p/x", "--proxy: a proxy's URL has no path")]
    [InlineData("--proxy|http://p:1|--resolve|example.org:443:127.0.0.1", "--resolve and --proxy exclude each other: a proxy looks the address up itself")]
    [InlineData("--resolve|example.org:443", "--resolve example.org:443: HOST:PORT:ADDRESS is needed, such as example.org:443:127.0.0.1")]
    [InlineData("--resolve|example.com:443:127.0.0.1", "--resolve example.com:443: no URL here has this host and port")]
    [InlineData("--key|k.pem", "--key has no effect without --cert")]
    [InlineData("--pass|x", "--pass has no effect without --cert")]
    [InlineData("--cert|no-such-file", "--cert no-such-file: there is no such file")]
    [InlineData("--follow|--expect-status|302", "--follow and --expect-status 302 exclude each other: a redirect that is followed is no answer")]
    [InlineData("--yes", "--yes has no effect: GET only reads")]
    [InlineData("--user-agent|(", "--user-agent '(' is not a valid User-Agent header")]
    [InlineData("--request|no-such-file", "--request no-such-file: there is no such file")]
    [InlineData("--request|x.http|-X|PUT", "--request and -X exclude each other: the file says it")]
    [InlineData("--urls-from|no-such-file", "--urls-from no-such-file: there is no such file")]
    [Fault("`./run.sh timeit URL {0}`", "{1}; exit 2")]
    public void What_does_not_fit_is_named_in_one_line(string arguments, string message)
    {
        var failure = Assert.Throws<UserException>(() => Read(arguments.Split('|')).Check([Url]));

        Assert.Equal((ExitCode.WrongUse, message), (failure.ExitCode, failure.Message));
    }

    [Fact]
    public void What_only_shows_beside_the_URL_is_named_too()
    {
        using var files = new ClientCertificates();

        Assert.Equal("--user and the user info of http://x/ exclude each other: leave one out", Complaint("http://me:secret@x/", "--user", "a:b"));
        Assert.Equal("the user info of http://x/ and the header Authorization exclude each other: leave one out", Complaint("http://me:secret@x/", "-H", "Authorization: x"));
        Assert.Equal("--cert is for https: http://x/ has no TLS", Complaint("http://x/", "--cert", files["both.pem"]));
        Assert.Equal("--cacert is for https: http://x/ has no TLS", Complaint("http://x/", "--cacert", files["authority.pem"]));
        Assert.Equal("-X is for a URL: no URL is called here, and local targets get the request that they answer", Complaint(null, "-X", "PUT"));
        Assert.Equal("--proxy is for TCP: HTTP/3 runs over QUIC, where .NET knows none", Assert.Throws<UserException>(() => Read("--proxy", "http://p:1").Check([Url], new Version(3, 0))).Message);

        static string Complaint(string? url, params string[] arguments) =>
            Assert.Throws<UserException>(() => Read(arguments).Check(url is null ? [] : [new Uri(url)])).Message;
    }

    [Theory]
    [InlineData("POST", 21L, "POST may write, and would be sent up to 21 times: --yes sends it")]
    [InlineData("DELETE", null, "DELETE may write, and would be sent as often as the job decides: --yes sends it")]
    [Fault("{0}, which may write, without `--yes`", "{2}; exit 2, and no request")]
    public void A_method_that_may_write_wants_a_yes(string method, long? times, string message)
    {
        Assert.Equal(message, Assert.Throws<UserException>(() => Read("-X", method).EnsureMayBeSent(times)).Message);
        Read("-X", method, "--yes").EnsureMayBeSent(times);
        Read("-X", "OPTIONS").EnsureMayBeSent(times);
    }

    [Fact]
    public void URLs_of_a_file_stand_beside_those_of_the_command_line()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "# ours\nhttps://a/\n\n  http://b/?token=x\n");

        var urls = Read("--urls-from", path).With([Url]);
        File.WriteAllText(path, "nonsense");
        var failure = Assert.Throws<UserException>(() => Read("--urls-from", path));

        File.Delete(path);
        Assert.Equal(["https://example.org/", "https://a/", "http://b/?token=x"], urls.Select(url => url.AbsoluteUri));
        Assert.Contains("nonsense: not an absolute URL", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_request_has_the_one_URL()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "PUT https://shop/\nX-A: b\n\nbody");

        var asked = Read("--request", path, "--yes");

        File.Delete(path);
        Assert.Equal(("PUT", "https://shop/", "body"), (asked.Request.Method, Assert.Single(asked.With([])).AbsoluteUri, Encoding.UTF8.GetString(asked.Request.Body!.Value.Span)));
        Assert.Equal("--request and https://example.org/ exclude each other: the file says what is called", Assert.Throws<UserException>(() => asked.With([Url])).Message);
    }

    [Fact]
    [Fault("a secret in an option of the request", "hidden where the command line is published")]
    public void A_published_command_line_holds_no_secret()
    {
        string[] arguments = ["timeit", "https://me:s3cret@x/?s3cret", "-H", "X-Key: s3cret", "--header=A: s3cret", "-ds3cret", "-d", "@s3cret", "--user", "me:s3cret", "--cookie", "a=s3cret", "--pass", "s3cret", "--proxy", "http://me:s3cret@p:1", "-X", "PUT"];

        Assert.Equal(
            "timeit https://x/ -H X-Key:<hidden> --header A:<hidden> -d <hidden> -d @<file> --user <hidden> --cookie <hidden> --pass <hidden> --proxy http://p:1/ -X PUT",
            CommonOptions.Publishable(Root.Parse(arguments).Parsed));
    }

    private static AskedRequest Read(params string[] arguments)
    {
        var options = new RequestOptionSet(name => Environment.GetValueOrDefault(name));
        var root = new RootCommand();
        foreach (var option in options.All)
        {
            root.Options.Add(option);
        }

        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        Assert.Empty(parsed.Errors);
        return options.Read(parsed);
    }
}
