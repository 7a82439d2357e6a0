using System.Text;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Requests;

/// <summary>Files of one request, as an IDE knows them.</summary>
public sealed class HttpFileTests
{
    [Fact]
    public void A_file_has_comments_variables_a_request_and_a_body()
    {
        var file = Parse("""
            # the login of the shop
            @host = https://shop.example
            @api = {{host}}/api
            // @name login
            POST {{api}}/login
                ?tenant=1
                &lang=de HTTP/1.1
            Content-Type: application/json
            # a comment between
            X-Key: {{$processEnv KEY}}

            {
              "host": "{{host}}"
            }


            """);

        Assert.Equal(("POST", "https://shop.example/api/login?tenant=1&lang=de"), (file.Method, file.Url.AbsoluteUri));
        Assert.Equal([("Content-Type", "application/json"), ("X-Key", "k3y")], file.Headers.Select(header => (header.Name, header.Value)));
        Assert.Equal("{\n  \"host\": \"https://shop.example\"\n}", Encoding.UTF8.GetString(file.Body!.Value.Span));
    }

    [Theory]
    [InlineData("https://x/a", "GET")]
    [InlineData("GET https://x/a HTTP/1.1", "GET")]
    [InlineData("### one\n@a = 1\n\nhead https://x/a\n\n###\n", "HEAD")]
    public void A_request_may_be_its_line_alone(string text, string method)
    {
        var file = Parse(text);

        Assert.Equal((method, "https://x/a", null), (file.Method, file.Url.AbsoluteUri, file.Body?.Length));
        Assert.Empty(file.Headers);
    }

    [Theory]
    [InlineData("Basic me secret")]
    [InlineData("Basic me:secret")]
    [InlineData("Basic bWU6c2VjcmV0")]
    public void Basic_credentials_are_encoded(string value) =>
        Assert.Equal("Basic bWU6c2VjcmV0", Assert.Single(Parse($"GET https://x/\nAuthorization: {value}").Headers).Value);

    [Fact]
    public void A_body_may_lie_in_a_file_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        File.WriteAllText(Path.Combine(folder.FullName, "body.json"), "{{name}}");
        try
        {
            Assert.Equal("{{name}}", Body("< ./body.json"));
            Assert.Equal("value", Body("<@ ./body.json"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Body(string line) => Encoding.UTF8.GetString(HttpFile.Parse(Path.Combine(folder.FullName, "a.http"), $"@name = value\nPOST https://x/\n\n{line}\n", _ => null).Body!.Value.Span);
    }

    [Theory]
    [InlineData("", "--request a.http, line 0: there is no request in it")]
    [InlineData("# nothing\n@a = b", "--request a.http, line 0: there is no request in it")]
    [InlineData("GET https://x/\n\n###\nGET https://y/", "--request a.http: 2 requests in it; one is needed")]
    [InlineData("GET /path", "--request a.http, line 1: METHOD and an absolute http:// or https:// URL are needed")]
    [InlineData("GET ftp://x/", "--request a.http, line 1: METHOD and an absolute http:// or https:// URL are needed")]
    [InlineData("GET https://x/ HTTP/2", "--request a.http, line 1: HTTP/2: only HTTP/1.1 is asked for in a file; an option asks for another version")]
    [InlineData("GET https://x/\nAccept text/html", "--request a.http, line 2: a header needs a colon, as in 'Name: value'")]
    [InlineData("GET https://x/\nX-A: {{secret}}", "--request a.http, line 2: a.http has no variable secret")]
    [InlineData("GET https://x/{{$processEnv NOPE}}", "--request a.http, line 1: the environment has no variable NOPE")]
    [InlineData("GET https://x/{{$guid}}", "--request a.http, line 1: {{$guid}} is not known here; {{$processEnv NAME}} is")]
    [InlineData("POST https://x/\n\nbody\n> {% client.test() %}", "--request a.http, line 4: scripts are not run: take them out")]
    [InlineData("POST https://x/\nContent-Length: 3\n\nabc", "--request a.http, line 2 Content-Length: it is counted")]
    [Fault("a `.http` file: `{0}`", "{1}; exit 2")]
    public void What_is_wrong_in_it_is_told_with_its_line(string text, string message)
    {
        var failure = Assert.Throws<UserException>(() => Parse(text));

        Assert.Equal((ExitCode.WrongUse, message), (failure.ExitCode, failure.Message));
    }

    private static HttpFile Parse(string text) => HttpFile.Parse("a.http", text, name => name == "KEY" ? "k3y" : null);
}
