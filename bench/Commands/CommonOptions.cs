using System.CommandLine;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Commands;

/// <summary>Values that several verbs take, checked alike.</summary>
public static class CommonOptions
{
    /// <summary>Tells a real target who asks.</summary>
    public const string DefaultUserAgent = "ConnectionReuse.Benchmarks/1.0 (+benchmark of connection reuse, sequential requests)";

    /// <summary>An absolute http or https URL.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="option">The option that it was given with; null for an argument.</param>
    /// <param name="orLocal">Whether the id of a local target would have been right too.</param>
    /// <exception cref="UserException">It is none; the message names the nearest right one.</exception>
    public static Uri Url(string text, string? option = null, bool orLocal = false)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        var given = option is null ? text : $"{option} {text}";
        throw Wrong(!orLocal && TargetIds.Local.Contains(text)
            ? $"{given}: a URL is needed here, not a local target"
            : orLocal && Nearest.To(text, TargetIds.Local) is { } local
            ? $"{given}: neither a URL nor a local target; did you mean {local}?"
            : Uri.TryCreate($"https://{text}", UriKind.Absolute, out var meant) && !text.Contains("://", StringComparison.Ordinal)
                ? $"{given}: not an absolute URL; did you mean {PublicUrl.Of(meant)}?"
                : $"{given}: an absolute http:// or https:// URL is needed");
    }

    /// <summary>A whole number within its limits.</summary>
    /// <exception cref="UserException">It is not.</exception>
    public static int Count(string option, int given, int least, int most) =>
        given >= least && given <= most ? given : throw Wrong($"{option} {given}: a number from {least} to {most}");

    /// <summary>The command line as it may be published.</summary>
    public static string Publishable(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return string.Join(' ', result.Tokens.Select((token, index) =>
            result.Tokens.Take(index).LastOrDefault(before => before.Value.StartsWith("--", StringComparison.Ordinal))?.Value == "--envVars"
                && !token.Value.StartsWith('-') ? "<environment>"
            : Uri.TryCreate(token.Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? PublicUrl.Of(url)
            : Path.IsPathRooted(token.Value) ? "<path>"
            : token.Value));
    }

    /// <summary>The URLs, none of which may be told apart by what is never shown alone.</summary>
    /// <exception cref="UserException">Two are the same without user info and query.</exception>
    public static Uri[] Distinct(Uri[] urls, string option = "")
    {
        ArgumentNullException.ThrowIfNull(urls);
        return urls.GroupBy(PublicUrl.Of).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw Wrong($"{option} {twice.Key} is given twice (user info and query do not tell targets apart)".TrimStart())
            : urls;
    }

    /// <summary>Wrong use, in one line.</summary>
    public static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
