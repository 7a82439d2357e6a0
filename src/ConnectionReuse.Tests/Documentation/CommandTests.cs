using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>The commands that the README, the help, published reports and their lists of what is missing name work as they are written.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed partial class CommandTests
{
    // The documents' words for what a reader fills in.
    private static readonly (string Word, string Value)[] Words = [("FILE...", "FILE"), ("FILE", Published()), ("DIR", "folder"), ("REF", "HEAD"), ("VERB", "timeit")];

    public static TheoryData<string> Commands =>
    [
        .. Texts().Append(string.Join('\n', HelpText.All))
            .SelectMany(text => CommandLine().Matches(text).Select(match => match.Groups[1].Value.Trim()))
            .Concat(Missing.In(SampleRuns.Run()).Select(missing => missing.Command["./run.sh".Length..].Trim()))
            .Where(arguments => arguments is not ("test" or "pack")) // the script's own verbs
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_understood(string arguments)
    {
        Assert.Null(Complaint.About(Root.Parse(Typed(arguments)).Parsed));
    }

    [Fact]
    public async Task Each_begins_its_work()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Ctrl-C is sent with kill");
        foreach (var arguments in Commands.Select(row => row.Data).Where(arguments => !RunsToItsEnd(arguments)))
        {
            using var run = ProgramRun.Start(string.Join(' ', Typed(arguments)), withFolder: arguments.Split(' ')[0] is not ("serve" or "check" or "transcript" or "diagnose"));

            await run.InterruptOnceItSpeaksAsync();

            Assert.True(run.ExitCode is ExitCode.Interrupted or ExitCode.Done, $"{arguments}: {run.ExitCode}, {run.Errors}");
        }
    }

    // Tests of their own do that.
    private static bool RunsToItsEnd(string arguments) => arguments.Split(' ')[0] is "publish" or "report" or "open" or "compare" or "project" or "watch" or "diagnose" || arguments.Contains("--base-dir", StringComparison.Ordinal) || arguments.Contains("--connections", StringComparison.Ordinal)
        || arguments.Contains("--server ", StringComparison.Ordinal) || arguments.Contains("--bind", StringComparison.Ordinal);

    // As a shell would hand them over.
    private static string[] Typed(string arguments)
    {
        foreach (var (word, value) in Words)
        {
            arguments = arguments.Replace(word, value, StringComparison.Ordinal);
        }

        return arguments.Replace("'", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Published() =>
        Directory.EnumerateFiles(Path.Combine(Source.Repository, "results", "published"), "results.json", SearchOption.AllDirectories).Max(StringComparer.Ordinal)!;

    private static IEnumerable<string> Texts() =>
        Directory.EnumerateFiles(Path.Combine(Source.Repository, "results"), "report.md", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}local{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Concat(Documents.All.Select(page => page.Text));

    // At the start of a line of code or of the help, up to a comment or the help's explanation; or within backquotes.
    [GeneratedRegex(@"(?:^ *|`)(?:reuse)?\.?/run\.sh(?: (?! )((?:(?! {2,}|`|#).)*))?", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
