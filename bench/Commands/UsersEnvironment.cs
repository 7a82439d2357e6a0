using System.CommandLine;
using System.CommandLine.Parsing;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Commands;

/// <summary>What a verb does about variables of the user's environment that would change what it measures.</summary>
internal static class UsersEnvironment
{
    // They measure nothing.
    private static readonly string[] Readers = ["publish", "report", OpenCommand.Name, CompareResultsCommand.Name, WatchCommand.Name, ProjectCommand.Name];

    // They call, or answer, themselves.
    private static readonly string[] OfOneProcess = ["transcript", "serve", DiagnoseCommand.Name];

    /// <summary>Takes them out of this process's environment, before it starts another, and says so where something is measured.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">Where it is said.</param>
    public static async Task LeaveBehindAsync(ParseResult parsed, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(output);
        var before = CleanEnvironment.Apply();
        if (!Measures(parsed))
        {
            return;
        }

        var verb = parsed.CommandResult.Command;
        var takesOption = verb.Options.Any(option => option.Name == PassedOn.Option);
        string[] deliberately = parsed.CommandResult.Children.OfType<OptionResult>().Where(option => option.Option.Name == PassedOn.Option)
            .SelectMany(option => option.Tokens).Select(token => token.Value.Split(':')[0]).ToArray();
        foreach (var name in CleanEnvironment.Changing(before).Except(deliberately))
        {
            await output.WriteLineAsync(CleanEnvironment.Words(name, OfOneProcess.Contains(verb.Name), takesOption));
        }
    }

    private static bool Measures(ParseResult parsed) => !Root.AsksForHelp(parsed) && parsed.Errors.Count == 0 && parsed.UnmatchedTokens.Count == 0
        && !Readers.Contains(parsed.CommandResult.Command.Name)
        && !parsed.CommandResult.Children.OfType<OptionResult>().Any(option => option is { Option.Name: "--list" or "--version", Implicit: false });
}
