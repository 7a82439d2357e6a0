using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The help of a verb: what it does, two examples, its options; as it is typed here.</summary>
/// <param name="further">Options that are shown only when everything is asked for.</param>
/// <param name="everything">Whether everything is asked for.</param>
internal sealed class ShortHelp(IReadOnlyCollection<Option> further, bool everything) : SynchronousCommandLineAction
{
    private const int Width = 80;
    private const int WidestNames = 26;

    private static readonly HashSet<string> OfTheRequest = [.. new RequestOptionSet().All.Select(option => option.Name)];

    /// <summary>Asking for help is right whatever else is missing.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        foreach (var line in Lines(parseResult.CommandResult.Command))
        {
            output.WriteLine(line);
        }

        return 0;
    }

    private IEnumerable<string> Lines(Command command)
    {
        var verb = PathOf(command);
        foreach (var line in TextLines.Wrap(command.Description!, Width))
        {
            yield return line;
        }

        yield return "";
        string[][] examples = [.. HelpText.Examples(verb).Select(example => example.Split("  # "))];
        foreach (var example in examples)
        {
            yield return $"  {example[0].PadRight(examples.Max(each => each[0].Length))}  # {example[1]}";
        }

        Command[] verbs = [.. command.Subcommands.Where(each => !each.Hidden)];
        Argument[] arguments = [.. command.Arguments.Where(argument => !argument.Hidden)];
        var usage = string.Join(' ', arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name).Prepend(verb).Append("[options]").Where(part => part.Length > 0));
        yield return "";
        yield return $"Usage: {ProgramName.Typed} {usage}{(verbs.Length > 0 ? $", or {ProgramName.Typed} {(verb.Length > 0 ? $"{verb} " : "")}VERB [options]" : "")}";
        foreach (var line in arguments.SelectMany(argument => Entry(argument.Name, argument.Description)))
        {
            yield return line;
        }

        if (verbs.Length > 0)
        {
            yield return "";
            yield return $"Verbs ({ProgramName.Typed} {(verb.Length > 0 ? $"{verb} " : "")}VERB --help shows the options of each):";
            foreach (var line in verbs.SelectMany(each => Entry(each.Name, each.Description)))
            {
                yield return line;
            }
        }

        Option[] options = [.. OptionsOf(command).Where(option => !option.Hidden)];
        yield return "";
        yield return "Options:";
        Option[] ofTheRequest = [.. options.Where(option => OfTheRequest.Contains(option.Name))];
        foreach (var line in options.Except(further).Except(everything ? [] : ofTheRequest).SelectMany(Entry))
        {
            yield return line;
        }

        if (!everything && ofTheRequest.Length > 0)
        {
            foreach (var line in Entry("-X, -H, -d, --proxy ...", "Your own request, in curl's words: --help-all shows them"))
            {
                yield return line;
            }
        }

        if (command.Name == DiagnoseCommand.Name)
        {
            foreach (var line in Verdicts())
            {
                yield return line;
            }
        }

        if (command is not RootCommand)
        {
            yield break;
        }

        yield return "";
        if (everything)
        {
            yield return "Options of BenchmarkDotNet's that belong here too:";
            foreach (var line in further.SelectMany(Entry))
            {
                yield return line;
            }

            yield return "";
            yield return $"BenchmarkDotNet's others go after --, as in {ProgramName.Typed} --offline -- --hide Error:";
            foreach (var line in Comparing.Selection.OwnHelp())
            {
                yield return line;
            }
        }

        yield return $"Exit codes: {TextLines.Wrap(HelpText.ExitCodes, Width - 12)[0]}";
        foreach (var line in TextLines.Wrap(HelpText.ExitCodes, Width - 12).Skip(1))
        {
            yield return $"            {line}";
        }
    }

    // The words in braces stand for what is seen.
    private IEnumerable<string> Verdicts()
    {
        const string Question = "Why is my connection not reused?";
        yield return "";
        if (!everything)
        {
            yield return $"{Question} --help-all lists verdicts and remedies.";
            yield break;
        }

        yield return $"{Question} The verdicts, each with its remedy:";
        foreach (var line in CauseTexts.All.Where(text => text.Remedy is not null).SelectMany(text => TextLines.Wrap($"{text.Finding}. Remedy: {text.Remedy}.", Width - 4).Select((line, index) => $"  {(index == 0 ? "- " : "  ")}{line}")))
        {
            yield return line;
        }
    }

    private static IEnumerable<Option> OptionsOf(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive))
        .OrderBy(option => option is HelpOption or VersionOption || option.Recursive ? 1 : 0);

    private static IEnumerable<string> Entry(Option option)
    {
        var letters = option.Aliases.Where(alias => alias[0] == '-' && alias is not ("-h" or "-?"));
        var value = option.HelpName ?? (option.ValueType == typeof(bool) || option is HelpOption or VersionOption ? null : "NAME");
        return Entry($"{string.Join(", ", letters.Append(option.Name))}{(value is null ? "" : $" <{value}>")}", option is HelpOption ? "Shows this" : option is VersionOption ? "Shows the version" : option.Description);
    }

    private static IEnumerable<string> Entry(string names, string? meaning)
    {
        var lines = TextLines.Wrap(meaning ?? "", Width - WidestNames - 4);
        if (names.Length > WidestNames)
        {
            yield return $"  {names}";
        }

        foreach (var (index, line) in lines.Index())
        {
            yield return $"  {(index == 0 && names.Length <= WidestNames ? names : "").PadRight(WidestNames)}  {line}";
        }
    }

    private static string PathOf(Command command) => command is RootCommand ? "" : $"{string.Concat(command.Parents.OfType<Command>().Select(PathOf))} {command.Name}".Trim();
}
