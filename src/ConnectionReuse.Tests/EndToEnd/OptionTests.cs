using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Clients;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgram))]
public sealed class OptionTests
{
    [Theory]
    [InlineData("--fliter x", "--fliter is not an option; did you mean --filter?")]
    [InlineData("--requets 5", "--requets is not an option; did you mean --requests?")]
    [InlineData("timeit --repat 3", "--repat is not an option; did you mean --repeat?")]
    [InlineData("timeit https://localhost/ --frob", "--frob is not an option; --help shows what there is")]
    [InlineData("transcript --rt 5ms", "--rt is not an option; did you mean --rtt?")]
    [InlineData("transcript https://localhost/ again", "again is not a command; --help shows what there is")]
    [InlineData("serve --frob", "--frob is not an option; --help shows what there is")]
    [InlineData("chekc", "chekc is not a command; did you mean check?")]
    [InlineData("check countin", "countin is not a command; did you mean counting?")]
    [InlineData("--requests 0", "--requests 0: a number from 1 to 1000000")]
    [InlineData("--requests ten", "--requests ten: a whole number is needed")]
    [InlineData("--launchCount 0", "--launchCount 0: a whole number from 1 up")]
    [InlineData("--target wikipedia.org", "--target wikipedia.org: not an absolute URL; did you mean https://wikipedia.org/?")]
    [InlineData("--target ftp://example.org/", "--target ftp://example.org/: an absolute http:// or https:// URL is needed")]
    [InlineData("--offline --target http://x/", "--offline and --target exclude each other: leave one out")]
    [InlineData("--target http://x/?a --target http://x/?b", "--target http://x/ is given twice (user info and query do not tell targets apart)")]
    [InlineData("--inProcess", "--inProcess is refused: client and server would share a process, and the figures would be of neither")]
    [InlineData("--exporters gitub", "--exporters gitub: did you mean github?")]
    [InlineData("--job shrt", "--job shrt: did you mean short?")]
    [InlineData("--invocationCount 2", "--invocationCount is refused: one invocation is one iteration here; --requests sets its size")]
    [InlineData("--outliers foo", "--outliers foo: one of DontRemove, RemoveUpper, RemoveLower, RemoveAll")]
    [InlineData("--fault close", "--fault close: one of BrokenResponses, SharedClose")]
    [InlineData("--filter *Nope*", "no benchmark matches '*Nope*'; --list flat shows them all")]
    [InlineData("--filter *Nope* *Amortisation*", "no benchmark matches '*Nope*'; --list flat shows them all")]
    public async Task A_bad_argument_names_itself_and_the_nearest_right_one(string arguments, string line)
    {
        using var run = await ProgramRun.ToEndAsync(arguments);

        Assert.Equal(line, run.Errors.Trim());
        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Empty(run.Folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task Option_names_are_taken_in_any_case_and_list_runs_nothing()
    {
        using var run = await ProgramRun.ToEndAsync("--LIST flat --FILTER *KestrelHttp.*");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(4, run.Output.Split('\n').Count(line => line.StartsWith("ConnectionReuse.Bench.Benchmarks.KestrelHttp.", StringComparison.Ordinal)));
        Assert.Empty(run.Folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_flat_list_has_every_row_by_the_name_that_a_filter_sees()
    {
        using var run = await ProgramRun.ToEndAsync("--list flat --offline");

        var names = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names.Distinct(), names);
        Assert.Contains("ConnectionReuse.Bench.Benchmarks.KestrelHttps.FreshFull", names);
        Assert.All(ClientPatterns.All.Keys.Where(id => !id.Contains("fresh", StringComparison.Ordinal) && !id.Contains("shared", StringComparison.Ordinal)), id =>
            Assert.Contains(names, name => name.EndsWith($".Call(Client: \"{id}\")", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Help_shows_our_options_BenchmarkDotNets_and_examples()
    {
        using var run = await ProgramRun.ToEndAsync("--help");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.All(
            (string[])["--target <URL>", "--offline", "--requests <N>", "--filter", "--exporters", "--artifacts", "--launchCount", "Examples:", "Exit codes:"],
            expected => Assert.Contains(expected, run.Output, StringComparison.Ordinal));
    }
}
