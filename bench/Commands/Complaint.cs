using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The first thing wrong with a command line, in one line that names what was typed.</summary>
internal static class Complaint
{
    /// <summary>The complaint; null where there is none.</summary>
    public static string? About(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var command = result.CommandResult.Command;
        return Unknown(result) is { } word ? Refused.Complaint(word) ?? OfUnknown(word, command)
            : result.Errors is not [var error, ..] ? null
            : command is not RootCommand && command.Subcommands.Any(verb => !verb.Hidden)
                ? $"{command.Name} what? One of {string.Join(", ", command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name))}"
            : OfValue(error);
    }

    // A word that looks like an option is taken for a URL, a target or a filter where no option is called so.
    private static string? Unknown(ParseResult result) => result.CommandResult.Children
        .SelectMany(child => child is ArgumentResult or OptionResult { Option.AllowMultipleArgumentsPerToken: true } ? child.Tokens : [])
        .Select(token => token.Value)
        .Where(word => word.StartsWith('-'))
        .Concat(result.UnmatchedTokens)
        .FirstOrDefault();

    private static string OfUnknown(string word, Command command)
    {
        var hint = Suggestions(word, command) is { Count: > 0 } near ? $"did you mean {string.Join(" or ", near)}?"
            : command is RootCommand && word.StartsWith('-') ? "--help shows what there is, and BenchmarkDotNet's own go after --"
            : "--help shows what there is";
        return $"{word} is not {(word.StartsWith('-') ? "an option" : "a command")}; {hint}";
    }

    // System.CommandLine corrects words that nothing took: those of a command without arguments, to which it prints one name a line.
    private static List<string> Suggestions(string word, Command command)
    {
        var bare = new Command(command.Name);
        foreach (var option in command.Options)
        {
            bare.Options.Add(option);
        }

        foreach (var verb in command.Subcommands)
        {
            bare.Subcommands.Add(verb);
        }

        var parsed = bare.Parse([word]);
        if (parsed.Action is not ParseErrorAction action)
        {
            return [];
        }

        using var shown = new StringWriter();
        action.ShowHelp = false;
        action.ShowTypoCorrections = true;
        parsed.Invoke(new InvocationConfiguration { Output = shown, Error = TextWriter.Null });
        string[] names = [.. bare.Options.SelectMany(option => option.Aliases.Prepend(option.Name)), .. bare.Subcommands.Select(verb => verb.Name)];
        return [.. shown.ToString().Split('\n', StringSplitOptions.TrimEntries).Where(names.Contains)];
    }

    private static string OfValue(ParseError error)
    {
        var message = string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Typed(error.SymbolResult) is { } name && !message.Contains(name, StringComparison.Ordinal) ? $"{name}: {message}" : message;
    }

    /// <summary>The option that a value was given with, as it was typed; null for an argument.</summary>
    public static string? Typed(SymbolResult? result) =>
        result is OptionResult option ? option.IdentifierToken?.Value ?? option.Option.Name : result?.Parent is OptionResult ? Typed(result.Parent) : null;
}
