using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Guarded;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Gate;
using Xunit;

namespace ConnectionReuse.Tests.Clients;

/// <summary>Clients of the user's, out of an assembly of the user's.</summary>
public sealed class PatternAssemblyTests : IDisposable
{
    private readonly UsersBuild _build = new();

    public void Dispose() => _build.Dispose();

    [Fact]
    public void The_clients_of_an_assembly_stand_beside_our_own_patterns()
    {
        var patterns = PatternAssembly.Load(_build.Compile("new", UsersBuild.Code));

        Assert.Equal(["orders-client"], PatternAssembly.IdsOf(patterns));
        Assert.Contains("fresh", patterns.Keys);
        Assert.Equal(new ConnectionExpectation(1, 0), patterns["orders-client"].Expect(30));
        Assert.Equal(new ConnectionExpectation(30, 30), PatternAssembly.Load(_build.Compile("opening", Opening()))["orders-client"].Expect(30));

        static string Opening() => UsersBuild.Code.Replace("public override string Id", "public override bool Reuses => false;\n\n    public override string Id", StringComparison.Ordinal);
    }

    [Fact]
    [Fault("a guarded client whose call throws", "a failed call with the exception's type and message")]
    public async Task What_a_clients_code_throws_is_a_failed_call_with_its_message()
    {
        var code = UsersBuild.Code.Replace("await client.GetStringAsync(new Uri(\"orders/5\", UriKind.Relative), cancellationToken)", "throw new InvalidOperationException(\"no order\")", StringComparison.Ordinal).Replace("async Task", "Task", StringComparison.Ordinal);
        var pattern = PatternAssembly.Load(_build.Compile("throwing", code))["orders-client"];
        await using var caller = pattern.Open(new Target(TargetIds.KestrelHttp, new Uri("http://localhost/")));

        var failed = await Assert.ThrowsAsync<ExchangeException>(() => caller.CallAsync(TestContext.Current.CancellationToken));

        Assert.Equal("InvalidOperationException: no order", failed.Message);
    }

    [Theory]
    [InlineData("missing", "no such file")]
    [InlineData("text", "not an assembly of .NET")]
    [InlineData("empty", "no public class in it derives from GuardedClient")]
    [InlineData("blank", "OrdersClient has the id 'orders client'; an id is one word")]
    [InlineData("taken", "another client has the id 'fresh' already")]
    [InlineData("needy", "a guarded client needs a public constructor without parameters")]
    [Fault("--patterns: {0}", "{1}")]
    public void An_assembly_without_clients_that_can_be_guarded_says_why(string wrong, string answer)
    {
        var path = wrong switch
        {
            "missing" => Path.Combine(_build.Folder.FullName, UsersBuild.File),
            "text" => _build.Write(UsersBuild.File, "text"),
            "empty" => _build.Compile(wrong, "public sealed class Nothing;"),
            "blank" => _build.Compile(wrong, UsersBuild.Code.Replace("orders-client", "orders client", StringComparison.Ordinal)),
            "taken" => _build.Compile(wrong, UsersBuild.Code.Replace("orders-client", "fresh", StringComparison.Ordinal)),
            _ => _build.Compile(wrong, UsersBuild.Code.Replace("class OrdersClient :", "class OrdersClient(int needed) :", StringComparison.Ordinal).Replace("\"orders-client\"", "$\"orders-{needed}\"", StringComparison.Ordinal)),
        };

        var refused = Assert.Throws<InvalidDataException>(() => PatternAssembly.Load(path));

        Assert.StartsWith($"{path}: {answer}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
