using System.Globalization;
using System.Text.Json;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Clients;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Connections;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Measuring;

/// <summary>What a station's process runs, in this one.</summary>
[Collection(CountsOfTheProcess.Name)]
public sealed class StationProgramTests(TargetsBeside targets)
{
    private string[] Answers(Mutation? mutation, StationRow[] rows, params string[] commands) => Answers(mutation, [], rows, commands);

    private string[] Answers(Mutation? mutation, string[] listening, StationRow[] rows, params string[] commands)
    {
        var setup = new StationSetup { Targets = StationSetup.Local(targets.Ready, targets.Ready.Targets.Keys), Rows = rows, Mutation = mutation, Listening = listening, WarmUp = new(5, 5, 2) };
        var output = new StringWriter { NewLine = "\n" };
        StationProgram.Serve(new StringReader($"{JsonSerializer.Serialize(setup, StationJson.Default.StationSetup)}\n{string.Join('\n', commands)}\n"), output);
        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(StationProtocol.Greeting, lines[0]);
        return lines[1..];
    }

    private static CountedBlock Block(string word, string answer)
    {
        Assert.StartsWith(word + " ", answer, StringComparison.Ordinal);
        return JsonSerializer.Deserialize(answer[(word.Length + 1)..], StationJson.Default.CountedBlock)!;
    }

    [Fact]
    public void As_a_load_it_works_until_its_input_ends()
    {
        var output = new StringWriter { NewLine = "\n" };

        StationProgram.Serve(new StringReader($"{BackgroundLoad.Setup}\n{StationProtocol.Load}\n"), output);

        Assert.Equal($"{StationProtocol.Greeting}\n\n", output.ToString()); // a command that it does not know has another answer
    }

    [Fact]
    public void It_tells_its_patterns() =>
        Assert.Equal([$"patterns {string.Join(' ', ClientPatterns.All.Keys)}"], Answers(null, [], "patterns"));

    [Fact]
    public void A_row_is_warmed_timed_and_counted_call_by_call()
    {
        var answers = Answers(null, [new StationRow("kestrel-https", "shared")], "warm", "open kestrel-https all", "run kestrel-https shared 2 7", "count kestrel-https shared 1 5", "phases kestrel-https shared 1 3 4");

        Assert.Equal(["warm", "open"], answers[..2]);
        var run = Array.ConvertAll(answers[2].Split(' ')[1..], double.Parse);
        Assert.Equal(8, run.Length);
        Assert.Equal(run[0], run.Skip(1).Sum() / 1e9, tolerance: 1e-6); // each call is cut to whole nanoseconds
        var counted = Block("count", answers[3]);
        Assert.Equal((5L, 0L, 0L, 1L), (counted.Counts.Requests, counted.Counts.Opened, counted.Counts.Accepted, counted.Counts.Carrying));
        Assert.Equal(5, counted.CallSeconds.Count);
        Assert.Equal("1.1", counted.HttpVersion);
        Assert.StartsWith("phases {", answers[4], StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_call_is_one_of_a_client_of_its_own()
    {
        var answers = Answers(null, [new StationRow("kestrel-https", "shared")], "first kestrel-https fresh", "open kestrel-https all", "count kestrel-https shared 0 1");

        Assert.StartsWith("first ", answers[0], StringComparison.Ordinal);
        Assert.InRange(double.Parse(answers[0].Split(' ')[1], CultureInfo.InvariantCulture), 1e-6, 60);
        Assert.Equal(0, Block("count", answers[2]).Counts.Opened); // the shared client's connection is the one that was opened
    }

    [Fact]
    public void Where_the_cost_of_counting_is_asked_calls_are_timed_one_by_one_towards_what_is_listened_to_and_no_other()
    {
        var answers = Answers(
            null, ["kestrel-https"], [new StationRow("kestrel-https", "shared"), new StationRow("kestrel-http", "shared")], "warm", "run kestrel-https shared 2 7", "run kestrel-http shared 2 7", "run kestrel-https shared 2 7");

        Assert.Equal([8, 1, 8], answers[1..].Select(answer => answer.Split(' ').Length - 1));
        Assert.All(answers[1..], answer => Assert.InRange(double.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture), 1e-6, 60));
    }

    [Theory]
    [InlineData("kestrel-https", "fresh", 10)]
    [InlineData("wiremock-http", "shared", 10)]
    [InlineData("kestrel-https", "per-client-5", 10)]
    [InlineData("kestrel-https", "http-2-in-flight-8", 64)]
    [InlineData("kestrel-http", "server-idle-timeout", 2)]
    public void A_pattern_is_proven_as_it_wants_its_calls_made(string target, string client, int calls)
    {
        var seen = GateMeasurement.CountsOf([Block("prove", Assert.Single(Answers(null, [], $"prove {target} {client} {calls}"))).Counts]);

        Assert.Equal(calls, seen.Requests);
        Assert.Equal(PatternVerdicts.Others, Assert.Single(PatternVerdicts.Of([new PatternCounts(target, client, ClientPatterns.All[client].Declare(calls), seen, Failure: null)])).Name);
    }

    [Theory]
    [InlineData(nameof(Mutation.NewHandler), "static", 10, 10, 10)]
    [InlineData(nameof(Mutation.NoLifetime), "shared", 10, 10, 10)]
    [InlineData(nameof(Mutation.CloseSome), "shared", 40, 2, 3)] // 1 in 20 closes, and the next opens
    public void What_is_broken_on_purpose_is_counted(string mutation, string client, int calls, long opened, long carrying)
    {
        var seen = Block("prove", Assert.Single(Answers(Enum.Parse<Mutation>(mutation), [], $"prove kestrel-http {client} {calls}"))).Counts;

        Assert.Equal((carrying, opened, opened), (seen.Carrying, seen.Opened, seen.Accepted));
    }

    [Fact]
    public void A_kilobyte_more_for_each_call_is_counted()
    {
        const int Calls = 200;
        var (plain, wasteful) = (Allocated(null), Allocated(Mutation.AllocateMore));

        Assert.InRange((wasteful - plain) / (double)Calls, 512, 2048); // the runtime's own threads allocate, too

        long Allocated(Mutation? mutation) =>
            Block("count", Answers(mutation, [new StationRow("kestrel-http", "shared")], "warm", "open kestrel-http all", $"count kestrel-http shared 1 {Calls}")[^1]).Counts.AllocatedBytes!.Value;
    }

    [Fact]
    public void A_command_that_it_does_not_know_fails_and_the_next_is_answered()
    {
        var answers = Answers(null, [], "dance", "patterns");

        Assert.Equal("failed not a command of the stations' protocol", answers[0]);
        Assert.StartsWith("patterns ", answers[1], StringComparison.Ordinal);
    }
}
