using System.Text.Json;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Clients;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Tests.Connections;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>The gate's client process, in this one.</summary>
[Collection(CountsOfTheProcess.Name)]
public sealed class GateClientTests(TargetsBeside targets)
{
    private string[] Answers(Mutation? mutation, params string[] commands)
    {
        var setup = JsonSerializer.Serialize(new GateSetup(targets.Ready, Cores: null, mutation, []), GateSetupJson.Default.GateSetup);
        var output = new StringWriter { NewLine = "\n" };
        GateClient.Serve(new StringReader($"{setup}\n{string.Join('\n', commands)}\n"), output);
        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(GateProtocol.Greeting, lines[0]);
        return lines[1..];
    }

    private static ArmCounts Proof(string answer)
    {
        Assert.StartsWith(GateProtocol.Prove + " ", answer, StringComparison.Ordinal);
        return GateProtocol.Counts(answer[(GateProtocol.Prove.Length + 1)..]);
    }

    [Fact]
    public void It_tells_its_patterns() =>
        Assert.Equal([$"patterns {string.Join(' ', ClientPatterns.All.Keys)}"], Answers(null, "patterns"));

    [Theory]
    [InlineData("kestrel-https", "fresh", 10)]
    [InlineData("wiremock-http", "shared", 10)]
    [InlineData("kestrel-https", "per-client-5", 10)]
    [InlineData("kestrel-https", "http-2-in-flight-8", 64)]
    [InlineData("kestrel-http", "server-idle-timeout", 2)]
    public void A_pattern_is_proven_as_it_wants_its_calls_made(string target, string client, int calls)
    {
        var seen = Proof(Assert.Single(Answers(null, $"prove {target} {client} {calls}")));

        Assert.Equal(calls, seen.Requests);
        Assert.Equal(PatternVerdicts.Others, Assert.Single(PatternVerdicts.Of([new PatternCounts(target, client, seen, Failure: null)])).Name);
    }

    [Fact]
    public void What_is_broken_on_purpose_is_counted()
    {
        var seen = Proof(Assert.Single(Answers(Mutation.NewHandler, "prove kestrel-http static 10")));

        Assert.Equal((10, 10, 10), (seen.Carrying, seen.Opened, seen.Accepted));
    }

    [Fact]
    public void A_command_that_it_does_not_know_fails_and_the_next_is_answered()
    {
        var answers = Answers(null, "dance", "patterns");

        Assert.Equal("failed not a command of the gate's protocol", answers[0]);
        Assert.StartsWith("patterns ", answers[1], StringComparison.Ordinal);
    }
}
