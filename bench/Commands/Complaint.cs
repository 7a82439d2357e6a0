using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ConnectionReuse.Bench.Running;

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
        var hint = Suggestion.Asked(word, NamesOf(command), command is RootCommand && word.StartsWith('-')
            ? "--help shows what there is, and BenchmarkDotNet's own go after --"
            : "--help shows what there is");
        return $"{word} is not {(word.StartsWith('-') ? "an option" : "a command")}; {hint}";
    }

    private static IEnumerable<string> NamesOf(Command command) =>
        [.. command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)), .. command.Subcommands.Select(verb => verb.Name)];

    private static string OfValue(ParseError error)
    {
        if (OptionOf(error.SymbolResult) is { Option: Option<int> or Option<int?>, Tokens: [var given, ..] } number && !int.TryParse(given.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            && error.Message.StartsWith("Cannot parse", StringComparison.Ordinal))
        {
            return $"{Typed(number)} {given.Value}: a whole number is needed";
        }

        var message = string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Typed(error.SymbolResult) is { } name && !message.Contains(name, StringComparison.Ordinal) ? $"{name}: {message}" : message;
    }

    private static OptionResult? OptionOf(SymbolResult? result) => result as OptionResult ?? result?.Parent as OptionResult;

    /// <summary>The option that a value was given with, as it was typed; null for an argument.</summary>
    public static string? Typed(SymbolResult? result) =>
        result is OptionResult option ? option.IdentifierToken?.Value ?? option.Option.Name : result?.Parent is OptionResult ? Typed(result.Parent) : null;
}
