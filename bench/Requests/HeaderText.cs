using ConnectionReuse.Bench.Running;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Requests;

/// <summary>Headers as they are typed: <c>Name: value</c>. No message repeats a value.</summary>
internal static class HeaderText
{
    private const string NameLetters = "!#$%&'*+-.^_`|~"; // RFC 9110 5.6.2, besides letters and digits

    // What the client counts or negotiates itself.
    private static readonly Dictionary<string, string> Managed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Content-Length"] = "it is counted",
        ["Transfer-Encoding"] = "the body is sent with its length",
        ["Proxy-Authorization"] = "credentials for a proxy belong into --proxy http://user:password@host:port",
    };

    /// <summary>Reads one.</summary>
    /// <param name="what">What it was given with, in messages.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="expand">Puts variables into the value.</param>
    /// <exception cref="UserException">It is no header, or one that cannot be chosen.</exception>
    public static RequestHeader Parse(string what, string text, Func<string, string, string> expand)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(expand);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw Wrong($"{what}: a header needs a colon, as in 'Name: value'");
        }

        var name = text[..colon].Trim();
        if (!IsName(name))
        {
            throw Wrong($"{what}: before the colon stands no header's name");
        }

        if (Managed.TryGetValue(name, out var reason))
        {
            throw Wrong($"{what} {name}: {reason}");
        }

        var value = expand($"{what} {name}", text[(colon + 1)..].Trim());
        return value.Length == 0 ? throw Wrong($"{what} {name}: the value is missing (a header with a blank needs quotes around all of it)")
            : IsValue(value) ? new RequestHeader(name, value)
            : throw Wrong($"{what} {name}: the value has a character that no header can carry");
    }

    /// <summary>Whether a text is a header's, or a method's, name.</summary>
    public static bool IsName(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || NameLetters.Contains(letter, StringComparison.Ordinal));

    /// <summary>Whether a text can be a header's value: HttpClient sends ASCII alone.</summary>
    public static bool IsValue(string text) => text.All(letter => letter is '\t' or (>= ' ' and <= '~'));

    private static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
