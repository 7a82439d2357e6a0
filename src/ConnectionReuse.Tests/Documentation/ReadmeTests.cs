using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>The front page and the pages beside what they are about say what is so.</summary>
public sealed partial class ReadmeTests(LocalTargets targets) : IClassFixture<LocalTargets>
{
    private const string PictureEnd = "</picture>";

    private static readonly string[] Verbs = ["timeit", "diagnose", "transcript", "serve", "gate", "publish", "report", "open", "compare", "watch", "project", "check counting", "check harness", "check memory", "check watch", "check turns", "check gate", "check precision"];

    public static TheoryData<string> Blocks => ["headline", "picture", "table", "documented", "peers", "limit", "losing", "lifetimes"];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Its_tables_are_those_of_a_published_result(string block)
    {
        var (page, path, table) = Documents.Block(block);
        var file = ResultFiles.Read(Path.Combine(Source.Repository, path));

        var rendered = block switch
        {
            "headline" => $"**{MarkdownText.Escape(Headline.Of(file))}**",
            "picture" => PhasesOf(file, Path.GetDirectoryName(path)!),
            "documented" => FirstTable(DocumentedTable.Render(Of(file, row => row.Link?.ServerTimeMilliseconds > 0))),
            "peers" => string.Join("\n\n", Tables(TimeitTable.Render(Of(file, row => row is { Link.RttMilliseconds: 50, Parameters.Class: null }))).Take(5)),
            "limit" => Tables(TimeitTable.Render(Of(file, row => row.Parameters.Class == "PayloadsOverLink"))).Single(table => table.Contains("extra trips", StringComparison.Ordinal)),
            "losing" => Section(file, "## Ways to lose reuse"),
            "lifetimes" => Section(file, "### Libraries and lifetimes"),
            _ => FirstTable(TimeitTable.Render(Of(DefaultComparison(file), row => row.Target == TargetIds.KestrelHttps))),
        };
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            page.Replace(table, rendered);
            return;
        }

        Assert.Equal(rendered, table);
    }

    private static ResultFile Of(ResultFile file, Func<ResultRow, bool> shown)
    {
        ResultRow[] rows = [.. file.Rows.Where(shown)];
        return file with { Rows = rows, Ratios = [.. file.Ratios.Where(ratio => RowGroup.Of(rows).Any(group => group.Has(ratio)))] };
    }

    private static string Section(ResultFile file, string heading)
    {
        var page = Report.Render(file).Single(rendered => rendered.Path == "report.md").Text;
        var section = page[(page.IndexOf(heading, StringComparison.Ordinal) + heading.Length)..];
        return section[..NextHeading().Match(section).Index].Trim();
    }

    // The picture as the report has it, from a page outside the report's folder.
    private static string PhasesOf(ResultFile file, string folder)
    {
        var section = Section(file, "## Where a call's time goes");
        return section[..(section.IndexOf(PictureEnd, StringComparison.Ordinal) + PictureEnd.Length)].Replace("\"charts/", $"\"{folder}/charts/", StringComparison.Ordinal);
    }

    private static string FirstTable(string text) => Tables(text).First();

    // Blocks of lines that start with a bar: the tables without their headings and notes; a bar chart is fenced.
    private static IEnumerable<string> Tables(string text) => text.Split("\n\n")
        .Where(part => part.StartsWith('|') || part.StartsWith("```text", StringComparison.Ordinal))
        .Select(part => part.Trim());

    // A report holds more than the README shows: links, further questions, where a call's time goes.
    private static ResultFile DefaultComparison(ResultFile file) => file with
    {
        Rows = [.. file.Rows.Where(row => row.Parameters == RowParameters.None).Select(row => row with { Phases = null })],
        Ratios = [.. file.Ratios.Where(ratio => ratio.Parameters == RowParameters.None).Select(ratio => ratio with { Model = null })],
    };

    [Fact]
    public void The_front_page_is_short_and_its_figures_are_the_newest_report_s()
    {
        var newest = Directory.EnumerateFiles(Path.Combine(Source.Repository, "results", "published"), "results.json", SearchOption.AllDirectories).MaxBy(path => ResultFiles.Read(path).Start)!;

        Assert.InRange(Documents.FrontPage.Text.Split('\n').Length, 50, 150);
        Assert.All((string[])["headline", "picture", "table"], block => Assert.Equal(Path.GetRelativePath(Source.Repository, newest).Replace('\\', '/'), Documents.Block(block).Path));
    }

    [Fact]
    public void Its_example_compiles_as_it_stands_and_has_a_place()
    {
        var (_, path, code) = Documents.Block("code");

        Assert.Equal(Path.GetFileNameWithoutExtension(path), Example.Compiled<ClientPattern>(code).GetType().Name);
        Assert.True(Directory.Exists(Path.Combine(Source.Repository, Path.GetDirectoryName(path)!)));
    }

    [Theory]
    [InlineData(TargetIds.KestrelHttp)]
    [InlineData(TargetIds.KestrelHttps)]
    public async Task Its_example_opens_the_connections_that_it_declares(string targetId)
    {
        const int Requests = 3;
        var target = targets.Target(targetId);
        var pattern = Example.Compiled<ClientPattern>(Documents.Block("code").Text);
        await using var caller = pattern.Open(target);
        await caller.CallAsync(TestContext.Current.CancellationToken);
        using var listening = new ClientConnections();
        var recorder = new CountsRecorder(target, listening, targets.Control, allFull: false);

        recorder.Begin();
        for (var i = 0; i < Requests; i++)
        {
            await caller.CallAsync(TestContext.Current.CancellationToken);
        }

        var seen = recorder.End(Requests);
        Assert.Equal(pattern.Expect(Requests), new ConnectionExpectation((int)seen.Carrying!, (int)seen.Accepted!));
    }

    [Fact]
    public void Its_exit_codes_are_all_of_them()
    {
        var documented = Documents.All.Where(page => page.Path.StartsWith("bench/", StringComparison.Ordinal)).SelectMany(page => ExitCodeRow().Matches(page.Text)).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

        Assert.Equal(Enum.GetValues<ExitCode>().Select(code => (int)code), documented);
    }

    [Fact]
    public async Task Its_options_are_all_of_ours_and_each_is_known()
    {
        var run = await RootRun.OfAsync("--help-all");
        var help = new StringBuilder(run.Output[..run.Output.IndexOf("BenchmarkDotNet's others", StringComparison.Ordinal)]); // which are its own
        foreach (var verb in Verbs)
        {
            var ofVerb = await RootRun.OfAsync([.. verb.Split(' '), "--help-all"]);
            help.Append('\n').Append(ofVerb.Output);
        }

        var documented = Documents.All.SelectMany(page => OptionRow().Matches(page.Text)).Select(match => match.Groups[1].Value).ToArray();
        var ours = HelpRow().Matches(help.ToString()).Select(match => match.Groups[1].Value);
        Assert.Subset(documented.ToHashSet(), ours.ToHashSet());
        Assert.All(documented, option => Assert.Contains(option, help.ToString(), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\n###? |\z")]
    private static partial Regex NextHeading();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();

    [GeneratedRegex(@"^\| `(--\w[\w-]*)", RegexOptions.Multiline)]
    private static partial Regex OptionRow();

    [GeneratedRegex(@"^  (?:-\w, )?(--[\w-]+)", RegexOptions.Multiline)]
    private static partial Regex HelpRow();
}
