using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Reporting;
using Spectre.Console;
using Xunit;

namespace ConnectionReuse.Tests.Screen;

public sealed class ResultScreenTests
{
    private static readonly (string, string)[] Pointers = [("tables, terms, environment", "results/local/latest/timeit.md"), ("next", "./run.sh timeit https://your.host/path")];

    [Theory]
    [InlineData(80, false)]
    [InlineData(80, true)]
    [InlineData(120, false)]
    [InlineData(120, true)]
    public void A_result_fits_its_terminal_with_and_without_colours(int width, bool colours) =>
        Golden.Holds($"../../Screen/Golden/{width}{(colours ? "-colours" : "")}.txt", Rendered(SampleRuns.Run(SampleMeasurements.Local()), width, colours).Replace('\u001b', '^'));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal_whatever_was_measured(int width)
    {
        var odd = SampleRuns.Row(TargetIds.KestrelHttps, "a-client-with-a-very-long-name-indeed", 1234.5) with { Parameters = new RowParameters { Case = "x" } };
        var failed = SampleRuns.Empty(TargetIds.Real, "fresh", RowStatus.Failed, string.Join(' ', Enumerable.Repeat("a long reason", 20)));

        var lines = Rendered(SampleRuns.Run([.. SampleMeasurements.Everything().Rows.Select(row => row with { Run = 0 }), odd, failed with { Parameters = new RowParameters { Url = SampleRuns.RealUrl, Case = "x" } }]), width, colours: false).Split('\n');

        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, line));
    }

    [Fact]
    public void The_answer_is_the_last_thing_said_before_what_lies_where()
    {
        var screen = Rendered(SampleRuns.Run(SampleMeasurements.Local()), 80, colours: false);

        var answer = screen.IndexOf("Reusing one HttpClient is", StringComparison.Ordinal);
        Assert.True(answer > screen.LastIndexOf("a shared call", StringComparison.Ordinal));
        Assert.True(screen.IndexOf("results/local/latest/timeit.md", StringComparison.Ordinal) > answer);
        Assert.DoesNotContain("3.34x", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("how to read it", screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_are_explained_where_that_is_asked_for_and_the_documented_session_where_it_was_reproduced()
    {
        var file = SampleRuns.Run(SampleMeasurements.Reproduction());
        var documented = file with { Runs = [.. file.Runs.Select(run => run with { Kind = RunKind.Documented })] };

        Assert.Contains("requests.get", Rendered(documented, 80, colours: false), StringComparison.Ordinal);
        Assert.DoesNotContain("requests.get", Rendered(file, 80, colours: false), StringComparison.Ordinal);
        Assert.Contains("- reuse is:", Rendered(file, 80, colours: false, explain: true), StringComparison.Ordinal);
        Assert.DoesNotContain("- reuse is:", Rendered(file, 80, colours: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_ratio_the_screen_says_why()
    {
        Assert.Contains("No row was measured", Rendered(SampleRuns.Run(SampleMeasurements.Unreachable()), 80, colours: false), StringComparison.Ordinal);
        Assert.Contains("unreachable: the name is not known", Rendered(SampleRuns.Run(SampleMeasurements.Unreachable()), 80, colours: false), StringComparison.Ordinal);
        Assert.Contains("Fewer than 3 rounds were complete", Rendered(SampleRuns.Run(SampleRuns.WireMockHttp(launches: 2)), 80, colours: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_gets_the_Markdown_and_no_screen()
    {
        var file = SampleRuns.Run(SampleRuns.WireMockHttp());
        using var writer = new StringWriter();

        new ResultView(Console(writer, 80, colours: true), explain: false, desktop: null).Show(new ShownResult(file, TimeitTable.Render(file), "somewhere/latest"));

        Assert.Contains(TimeitTable.Render(file), writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("Result: ", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', writer.ToString());
    }

    private static string Rendered(ResultFile file, int width, bool colours, bool explain = false)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Console(writer, width, colours).Write(ResultScreen.Of(file, Pointers, explain));
        return writer.ToString().ReplaceLineEndings("\n");
    }

    private static IAnsiConsole Console(TextWriter writer, int width, bool colours)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
