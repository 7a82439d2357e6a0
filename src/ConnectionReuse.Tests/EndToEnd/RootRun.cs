using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The program's root in this process: for verbs that measure nothing.</summary>
/// <param name="Exit">How it ended.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record RootRun(ExitCode Exit, string Output, string Errors)
{
    /// <summary>Runs a command line that is wrong use, which must write nothing.</summary>
    /// <param name="arguments">The arguments, between spaces.</param>
    /// <param name="withFolder">Whether the verb takes <c>--out</c>.</param>
    /// <returns>What it said.</returns>
    public static async Task<string> RefusalAsync(string arguments, bool withFolder = true)
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            var run = await OfAsync([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. withFolder ? (string[])["--out", folder.FullName] : []]);
            Assert.Equal((ExitCode.WrongUse, ""), (run.Exit, run.Output));
            Assert.Empty(folder.GetFileSystemInfos());
            return run.Errors.Trim();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs a verb, with a console of its own.</summary>
    public static async Task<RootRun> OfAsync(params string[] arguments)
    {
        using var console = RoutedConsole.Open();
        using var interruption = new Interruption();
        var exit = (ExitCode)await Root.AnswerAsync(Root.Parse(arguments), arguments, interruption);
        return new RootRun(exit, console.Output, string.Join('\n', console.Errors.Split('\n').Where(line => !ProgramRun.IsProgress(line))));
    }
}
