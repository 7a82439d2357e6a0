using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Commands;

/// <summary>Options as users type them.</summary>
public static partial class Spelling
{
    /// <summary>The arguments with option names in their declared case: BenchmarkDotNet takes <c>--launchcount</c> too.</summary>
    public static string[] Canonical(IEnumerable<string> args, Command root)
    {
        var names = Names(root).ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        return [.. args.Select(argument =>
        {
            var end = argument.IndexOf('=', StringComparison.Ordinal);
            var name = end < 0 ? argument : argument[..end];
            return argument.StartsWith("--", StringComparison.Ordinal) && names.TryGetValue(name, out var declared) ? declared + argument[name.Length..] : argument;
        })];
    }

    /// <summary>The first thing wrong with the arguments, in one line, with the nearest right one; null when nothing is.</summary>
    public static string? Explain(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (Unknown(result) is { } word)
        {
            var known = word.StartsWith('-') ? Names(result.CommandResult.Command) : Verbs(result.CommandResult.Command);
            var meant = Nearest.To(word, known) is { } near ? $"; did you mean {near}?" : "; --help shows what there is";
            return $"{word} is not {(word.StartsWith('-') ? "an option" : "a command")}{meant}";
        }

        return result.Errors.Count == 0 ? null
            : result.CommandResult.Command is { Subcommands.Count: > 0 } verb and not RootCommand ? $"{verb.Name} what? One of {string.Join(", ", Verbs(verb))}"
            : OfValue(result.Errors[0].Message);
    }

    // A word that looks like an option is taken for a URL or a target where no option is called so.
    private static string? Unknown(ParseResult result) => result.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens.Select(token => token.Value).Where(word => word.StartsWith('-')))
        .Concat(result.UnmatchedTokens)
        .FirstOrDefault();

    /// <summary>BenchmarkDotNet's complaint about the value of one of its options, in one line.</summary>
    /// <param name="complaint">Its own words, which may quote the value and list the right ones.</param>
    /// <param name="given">The arguments.</param>
    public static string OfBenchmarkDotNet(string complaint, IReadOnlyList<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (BadFormat().Match(complaint) is { Success: true } bad && given.SkipWhile(word => word != $"--{bad.Groups["option"].Value}").Take(2).ToArray() is [var name, var value])
        {
            return BenchmarkDotNetOptions.ValuesOf(name) is { Count: > 0 } right ? NotOneOf(name, value, right) : $"{name} {value}: a number is needed";
        }

        var match = BenchmarkDotNetComplaint().Match(complaint);
        if (!match.Success)
        {
            return complaint;
        }

        var option = match.Groups["option"].Value.EndsWith("job", StringComparison.Ordinal) ? "--job" : $"--{match.Groups["option"].Value}s";
        return NotOneOf(option, match.Groups["value"].Value, match.Groups["values"].Value.TrimEnd('.').Split(", "));
    }

    private static string NotOneOf(string option, string word, IReadOnlyCollection<string> values) =>
        $"{option} {word}: {(Nearest.To(word, values) is { } near ? $"did you mean {near}?" : $"one of {string.Join(", ", values)}")}";

    // System.CommandLine names the .NET type that a value should have had.
    private static string OfValue(string complaint)
    {
        var match = ValueComplaint().Match(complaint);
        return !match.Success ? complaint.ReplaceLineEndings(" ").Trim()
            : match.Groups["option"].Value == "--fault" ? $"--fault {match.Groups["value"].Value}: one of {string.Join(", ", Enum.GetNames<Fault>().Order())}"
            : $"{match.Groups["option"].Value} {match.Groups["value"].Value}: a whole number is needed";
    }

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>[^']+)'")]
    private static partial Regex ValueComplaint();

    [GeneratedRegex("^Option '(., )?(?<option>[A-Za-z]+)' is defined with a bad format\\.$")]
    private static partial Regex BadFormat();

    [GeneratedRegex("^The provided (?<option>[a-z ]+) \"(?<value>.*)\" is invalid\\. Available options are: (?<values>.*)$")]
    private static partial Regex BenchmarkDotNetComplaint();

    private static IEnumerable<string> Names(Command root) => root.Options.Concat(root.Subcommands.SelectMany(verb => verb.Options))
        .Select(option => option.Name).Where(name => name.StartsWith("--", StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Verbs(Command command) => command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);
}
