using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

public sealed class OptionTests
{
    [Theory]
    [InlineData("--fliter x", "--fliter is not an option; did you mean --filter?")]
    [InlineData("--requets 5", "--requets is not an option; did you mean --requests?")]
    [InlineData("--launchcount 5", "--launchcount is not an option; did you mean --launchCount?")]
    [InlineData("--filter *A* --frobnicate", "--frobnicate is not an option; --help shows what there is, and BenchmarkDotNet's own go after --")]
    [InlineData("timeit --repat 3", "--repat is not an option; did you mean --repeat?")]
    [InlineData("timeit https://localhost/ --repat", "--repat is not an option; did you mean --repeat?")]
    [InlineData("timeit https://localhost/ --frobnicate", "--frobnicate is not an option; --help shows what there is")]
    [InlineData("timeit kestrl-https", "kestrl-https: neither a URL nor a local target, which are wiremock-http, wiremock-https, kestrel-http, kestrel-https")]
    [InlineData("transcript --rt 5ms", "--rt is not an option; did you mean --rtt?")]
    [InlineData("transcript https://localhost/ again", "again is not a command; --help shows what there is")]
    [InlineData("serve --frobnicate", "--frobnicate is not an option; --help shows what there is")]
    [InlineData("chekc", "chekc is not a command; did you mean check?")]
    [InlineData("check countin", "countin is not a command; did you mean counting?")]
    [InlineData("--requests 0", "--requests 0: a whole number from 1 to 1000000 is needed")]
    [InlineData("--requests ten", "--requests ten: a whole number from 1 to 1000000 is needed")]
    [InlineData("--number 0", "--number 0: a whole number from 1 to 1000000 is needed")]
    [InlineData("--launchCount 0", "--launchCount 0: a whole number from 1 up is needed")]
    [InlineData("--warmupCount -1", "--warmupCount -1: a whole number from 0 up is needed")]
    [InlineData("--target wikipedia.org", "--target wikipedia.org: not an absolute URL; did you mean https://wikipedia.org/?")]
    [InlineData("--target ftp://example.org/", "--target ftp://example.org/: an absolute http:// or https:// URL is needed")]
    [InlineData("--target ftp://user:secret@example.org/?token=hidden", "--target ftp://example.org/: an absolute http:// or https:// URL is needed")]
    [InlineData("https://user:secret@example.org/", "https://example.org/ is not a command; --help shows what there is")]
    [InlineData("timeit --json /proc/x.json", "--json /proc/x.json: no file can be made there")]
    [InlineData("--offline --markdown /proc/x.md", "--markdown /proc/x.md: no file can be made there")]
    [InlineData("--offline --target http://x/", "--offline and --target exclude each other: leave one out")]
    [InlineData("--target http://x/?a --target http://x/?b", "--target http://x/ is given twice (user info and query do not tell targets apart)")]
    [InlineData("--exporters gitub", "--exporters: Argument 'gitub' not recognized. Must be one of: 'asciidoc' 'atlassian' 'briefxml' 'csv' 'csvmeasurements' 'fullxml' 'github' 'html' 'markdown' 'plain' 'rplot' 'stackoverflow' 'xml'")]
    [InlineData("-j shrt", "-j: Argument 'shrt' not recognized. Must be one of: 'default' 'dry' 'short' 'medium' 'long' 'verylong'")]
    [InlineData("--fault close", "--fault: Argument 'close' not recognized. Must be one of: 'SharedClose' 'BrokenResponses'")]
    [InlineData("--filter *Nope*", "no benchmark matches '*Nope*'; --list flat shows them all")]
    [InlineData("--filter *Nope* *Amortisation*", "no benchmark matches '*Nope*'; --list flat shows them all")]
    [InlineData("--inProcess", "--inProcess is refused: client and server would share a process, and the figures would be of neither")]
    [InlineData("--join", "--join is refused: a run has one table of all classes already")]
    [Fault("`./run.sh {0}`", "{1}; exit 2")]
    public async Task A_bad_argument_names_itself_and_the_nearest_right_one(string arguments, string line)
    {
        Assert.Equal(line, await RootRun.RefusalAsync(arguments));
    }

    [Theory]
    [InlineData("--offline -- --inProcess", "--inProcess is refused: client and server would share a process, and the figures would be of neither")]
    [InlineData("--offline -- --invocationCount 2", "--invocationCount is refused: one invocation is one iteration here; --requests sets its size")]
    [InlineData("--offline -- --UnrollFactor=2", "--UnrollFactor is refused: one invocation is one iteration here; --requests sets its size")]
    [InlineData("--offline -- --runtimes net10.0", "--runtimes is refused: every row runs in the one build that this program is, for .NET 10")]
    [InlineData("--offline -- -rnet9.0", "-r is refused: every row runs in the one build that this program is, for .NET 10")]
    [InlineData("--offline -- --platform x86", "--platform is refused: every row runs in the one build that this program is, for .NET 10")]
    [InlineData("--offline -- --memoryRandomization true", "--memoryRandomization is refused: it sets every iteration up anew, which closes the connections that a row reuses")]
    [InlineData("--offline -- --envVars A:B", "--envVars is an option of this suite too: it goes before --")]
    [InlineData("--offline --envVars A", "--envVars A: NAME:VALUE is needed")]
    [InlineData("timeit --envVars A:1 --envVars A:2", "--envVars A is given twice")]
    [InlineData("--offline -- --affinity 1", "--affinity is refused: the run places client and server itself, and the table says where")]
    [InlineData("--offline -- --job short", "--job is an option of this suite too: it goes before --")]
    [InlineData("--offline -- --frobnicate", "BenchmarkDotNet: Option 'frobnicate' is unknown.")]
    [InlineData("transcript --number 0", "--number 0: a whole number from 1 to 10000 is needed")]
    [InlineData("timeit -- --hide Error", "-- passes options on to BenchmarkDotNet, which timeit does not use")]
    public async Task What_is_passed_on_or_takes_no_folder_is_refused_by_name_too(string arguments, string line)
    {
        Assert.Equal(line, await RootRun.RefusalAsync(arguments, withFolder: false));
    }

    [Fact]
    [Fault("a control character in an argument", "a message without it")]
    public async Task A_message_repeats_no_control_character()
    {
        Assert.Equal("no benchmark matches '* [31mred*'; --list flat shows them all", await RootRun.RefusalAsync("--filter *\u001b[31mred*"));
    }

    [Fact]
    public async Task A_list_runs_nothing_and_takes_what_BenchmarkDotNet_alone_knows()
    {
        var run = await RootRun.OfAsync("--list", "flat", "--filter", "*KestrelHttp.*", "--", "--hide", "Error");

        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.Equal(4, run.Output.Split('\n').Count(line => line.StartsWith("ConnectionReuse.Bench.Benchmarks.KestrelHttp.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_flat_list_has_every_row_by_the_name_that_a_filter_sees()
    {
        var run = await RootRun.OfAsync("--list", "flat", "--offline");

        var names = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names.Distinct(), names);
        Assert.Contains("ConnectionReuse.Bench.Benchmarks.KestrelHttps.FreshFull", names);
        Assert.All(ClientPatterns.All.Keys.Where(id => !id.Contains("fresh", StringComparison.Ordinal) && !id.Contains("shared", StringComparison.Ordinal)), id =>
            Assert.Contains(names, name => name.EndsWith($".Call(Client: \"{id}\")", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Help_shows_our_options_and_on_request_those_of_BenchmarkDotNet_that_count_here()
    {
        var run = await RootRun.OfAsync("--help-all");

        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.All(
            (string[])["--target <URL>", "--offline", "--requests <N>", "--filter", "--exporters", "--artifacts", "--launchCount", "--json <FILE>", "--seed <N>", "Exit codes:"],
            expected => Assert.Contains(expected, run.Output, StringComparison.Ordinal));
    }
}
