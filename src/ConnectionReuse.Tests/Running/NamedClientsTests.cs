using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class NamedClientsTests
{
    [Fact]
    public void A_client_that_is_named_stands_beside_fresh_and_shared_with_what_it_is_held_against() =>
        Assert.Equal(["fresh", "fresh-full", "shared", "refit-fresh", "refit-shared", "static"], NamedClients.Of(["refit-fresh", "static", "shared"], full: true));

    [Fact]
    public void All_lifetimes_are_every_row_of_that_class()
    {
        var all = NamedClients.Of([NamedClients.AllLifetimes], full: false);

        Assert.Equal(["fresh", "shared"], all.Take(2));
        Assert.Equal(all, all.Distinct());
        Assert.Superset(new HashSet<string> { "restsharp-shared", "refit-shared", "factory-typed", "grpc-shared", "web-request", "message-invoker" }, all.ToHashSet());
    }

    [Theory]
    [InlineData("refit-share", "--client refit-share: no client pattern; did you mean refit-shared")]
    [InlineData("qqqqqq", "--client qqqqqq: no client pattern; all-lifetimes stands for factory-named, ")]
    [Fault("`--client {0}`", "the nearest name, or all of them; exit 2")]
    public void A_client_that_is_not_there_is_named(string id, string complaint)
    {
        var wrong = Assert.Throws<UserException>(() => NamedClients.Of([id], full: false));

        Assert.Equal(ExitCode.WrongUse, wrong.ExitCode);
        Assert.StartsWith(complaint, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc-shared", null, "it calls a path or a service that only the suite's own servers have")]
    [InlineData("floor-shared", null, "it reads the very bytes that the local targets send")]
    [InlineData("server-closes", null, "it calls a path or a service that only the suite's own servers have")]
    [InlineData("factory-short-lifetime", null, "it waits between its calls")]
    [InlineData("http-1-in-flight-8", null, "it makes several calls at once")]
    [InlineData("per-client-10", null, "it makes a number of calls of its own")]
    [InlineData("restsharp-shared", "2.0", "it makes its own requests, which stay at HTTP/1.1")]
    [InlineData("restsharp-shared", "1.1", null)]
    [InlineData("message-invoker", "2.0", null)]
    [InlineData("client-closes", null, null)]
    public void What_cannot_call_a_URL_in_turns_has_its_reason(string client, string? version, string? reason)
    {
        var said = NamedClients.Untimed(client, TargetIds.Real, version is null ? null : Version.Parse(version), new OwnRequest());

        Assert.StartsWith(reason ?? "", said ?? "", StringComparison.Ordinal);
        Assert.Equal(reason is null, said is null);
    }

    [Fact]
    [Fault("`--client web-request --resolve ...`", "the client cannot be told an address; exit 2")]
    public void A_client_that_cannot_send_the_request_says_so() => Assert.Equal(
        "HttpWebRequest cannot be told an address",
        NamedClients.Untimed("web-request", TargetIds.Real, httpVersion: null, new OwnRequest { Resolve = [new("your.host", 443, "127.0.0.1")] }));
}
