using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The program's root in this process: for verbs that measure nothing.</summary>
/// <param name="Exit">How it ended.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record RootRun(ExitCode Exit, string Output, string Errors)
{
    /// <summary>Runs a verb. The console is the process's own, hence only in a collection without parallel tests.</summary>
    public static async Task<RootRun> OfAsync(params string[] arguments)
    {
        var (before, beforeErrors) = (Console.Out, Console.Error);
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        Console.SetOut(output);
        Console.SetError(errors);
        try
        {
            return new RootRun((ExitCode)await Root.RunAsync(arguments), output.ToString(), string.Join('\n', errors.ToString().Split('\n').Where(line => !ProgramRun.IsProgress(line))));
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(beforeErrors);
        }
    }
}
