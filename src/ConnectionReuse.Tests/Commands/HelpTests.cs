using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Commands;

public sealed class HelpTests
{
    private const int MostLines = 60;
    private const int Widest = 80;

    public static TheoryData<string> Verbs =>
    [
        "", "timeit", "diagnose", "watch", "project", "open", "transcript", "serve", "publish", "report", "compare", "gate", "check",
        "check counting", "check harness", "check memory", "check watch", "check turns", "check gate", "check precision",
    ];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_s_help_is_two_examples_and_its_options_on_one_screen(string verb)
    {
        var run = await RootRun.OfAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        Assert.InRange(lines.Length, 8, MostLines);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, Widest));
        Assert.Equal(2, lines.Count(line => line.StartsWith($"  ./run.sh {verb}".TrimEnd(), StringComparison.Ordinal)));
        Assert.Contains($"Usage: ./run.sh {verb}".TrimEnd(), run.Output, StringComparison.Ordinal);
        Assert.True(run.Output.IndexOf("  ./run.sh", StringComparison.Ordinal) < run.Output.IndexOf("Options:", StringComparison.Ordinal));
        Assert.DoesNotContain("ConnectionReuse.Bench", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verb_has_two_examples() => Assert.All(Verbs, verb => Assert.Equal(2, HelpText.Examples(verb.Data).Count));

    [Fact]
    public async Task Everything_is_shown_when_everything_is_asked_for()
    {
        var brief = await RootRun.OfAsync("--help");
        var everything = await RootRun.OfAsync("--help-all");

        Assert.Equal(ExitCode.Done, everything.Exit);
        foreach (var option in (string[])["--filter", "--launchCount", "--exporters", "--stopOnFirstError"])
        {
            Assert.Contains(option, everything.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(option, brief.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Why_a_connection_is_not_reused_is_in_the_help_with_every_verdict_and_its_remedy()
    {
        var brief = await RootRun.OfAsync("diagnose", "--help");
        var everything = await RootRun.OfAsync("diagnose", "--help-all");

        Assert.Contains("Why is my connection not reused? --help-all lists verdicts and remedies.", brief.Output, StringComparison.Ordinal);
        var words = string.Join(' ', everything.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Why is my connection not reused?", words, StringComparison.Ordinal);
        Assert.All(CauseTexts.All.Where(text => text.Remedy is not null), text => Assert.Contains($"{text.Finding}. Remedy: {text.Remedy}.", words, StringComparison.Ordinal));
        Assert.All(everything.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, Widest));
    }

    [Theory]
    [InlineData("gate --budget soon", "--budget soon: a whole number is needed")]
    [InlineData("timeit --sets some", "--sets some: a whole number from 1 to 100 is needed")]
    [InlineData("timeit --number none", "--number none: a whole number from 1 to 1000000 is needed")]
    [InlineData("check gate --runs x", "--runs x: a whole number is needed")]
    [InlineData("report latest", "Option '--out' is required.")]
    public async Task A_message_names_what_was_typed(string arguments, string line)
    {
        var run = await RootRun.OfAsync(arguments.Split(' '));

        Assert.Equal((ExitCode.WrongUse, line), (run.Exit, run.Errors.Trim()));
    }
}
