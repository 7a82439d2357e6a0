using System.CommandLine;
using System.CommandLine.Invocation;

namespace ConnectionReuse.Bench.Running;

/// <summary>Finds what somebody meant to type, as System.CommandLine does.</summary>
internal static class Suggestion
{
    /// <summary>The names that are near the word, nearest first; empty where none is.</summary>
    public static IReadOnlyList<string> For(string word, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);

        // It corrects words that nothing took: those of a command without arguments, to which it prints one name a line.
        var command = new Command("any");
        foreach (var name in names.Distinct())
        {
            command.Subcommands.Add(new Command(name));
        }

        var parsed = command.Parse([word]);
        if (parsed.Action is not ParseErrorAction action)
        {
            return [];
        }

        using var shown = new StringWriter();
        action.ShowHelp = false;
        action.ShowTypoCorrections = true;
        parsed.Invoke(new InvocationConfiguration { Output = shown, Error = TextWriter.Null });
        return [.. shown.ToString().Split('\n', StringSplitOptions.TrimEntries).Where(line => command.Subcommands.Any(near => near.Name == line))];
    }

    /// <summary>The same as a question, such as <c>; did you mean shared?</c>; what else to say where no name is near.</summary>
    public static string Asked(string word, IEnumerable<string> names, string otherwise) =>
        For(word, names) is { Count: > 0 } near ? $"did you mean {string.Join(" or ", near)}?" : otherwise;
}
