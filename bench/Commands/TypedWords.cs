namespace ConnectionReuse.Bench.Commands;

/// <summary>The words of a command line as a message may repeat them: no user name, no password, no query of any URL.</summary>
/// <param name="words">The words as they were typed.</param>
internal sealed class TypedWords(IReadOnlyList<string> words)
{
    private const string SchemeEnd = "://";

    /// <summary>A message without what the words hold that is nobody's business.</summary>
    public string Redacted(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var word in words.SelectMany(Values).OrderByDescending(word => word.Length))
        {
            if (Shown(word) is var shown && shown != word)
            {
                message = message.Replace(word, shown, StringComparison.Ordinal);
                message = message.Replace(OneLine(word), shown, StringComparison.Ordinal); // as another message may have bent it
            }
        }

        return message;
    }

    /// <summary>A word as it may be shown; unchanged where it holds nothing to hide.</summary>
    public static string Shown(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var scheme = word.IndexOf(SchemeEnd, StringComparison.Ordinal);
        var at = word.LastIndexOf('@');
        if (scheme < 0 && at < 0)
        {
            return word;
        }

        // A password may hold anything, unescaped: what comes before the last @ is hidden, wherever that stands.
        var start = scheme < 0 ? string.Empty : word[..(scheme + SchemeEnd.Length)];
        var rest = at >= start.Length ? word[(at + 1)..] : word[start.Length..];
        var end = rest.AsSpan().IndexOfAny('?', '#');
        var shown = OneLine(start + (end < 0 ? rest : rest[..end]));
        return at >= start.Length && word.AsSpan(start.Length, at - start.Length).IndexOfAny('?', '#') >= 0 ? OneLine(start) + "..." : shown;
    }

    private static IEnumerable<string> Values(string word) =>
        word.StartsWith('-') && word.IndexOfAny(['=', ':']) is var sign and > 0 ? [word, word[(sign + 1)..]] : [word];

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
