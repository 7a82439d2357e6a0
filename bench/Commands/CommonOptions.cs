using System.CommandLine;
using ConnectionReuse.Links;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Commands;

/// <summary>Values that several verbs take, checked alike.</summary>
public static class CommonOptions
{
    /// <summary>Tells a real target who asks.</summary>
    public const string DefaultUserAgent = "ConnectionReuse.Benchmarks/1.0 (+benchmark of connection reuse, sequential requests)";

    /// <summary>An absolute http or https URL.</summary>
    /// <exception cref="UserException">It is none; the message names the nearest right one.</exception>
    public static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new Uri(text)
            : Nearest.To(text, TargetIds.Local) is { } local
                ? throw Wrong($"{text}: neither a URL nor a local target; did you mean {local}?")
                : Uri.TryCreate($"https://{text}", UriKind.Absolute, out var meant) && !text.Contains("://", StringComparison.Ordinal)
                    ? throw Wrong($"{text}: not an absolute URL; did you mean {PublicUrl.Of(meant)}?")
                    : throw Wrong($"{text}: an absolute http:// or https:// URL is needed");

    /// <summary>A whole number within its limits.</summary>
    /// <exception cref="UserException">It is not.</exception>
    public static int Count(string option, int given, int least, int most) =>
        given >= least && given <= most ? given : throw Wrong($"{option} {given}: a number from {least} to {most}");

    /// <summary>The options of an emulated link that were given, by their names.</summary>
    public static Dictionary<string, string> LinkArguments(string? rtt, string? bandwidth, string? serverTime) =>
        new (string Name, string? Value)[] { ("rtt", rtt), ("bandwidth", bandwidth), ("server-time", serverTime) }
            .Where(option => option.Value is not null)
            .ToDictionary(option => option.Name, option => option.Value!);

    /// <summary>The link that they describe.</summary>
    /// <exception cref="UserException">A value does not fit.</exception>
    public static LinkOptions Link(IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        try
        {
            return LinkOptions.Parse(arguments.GetValueOrDefault("rtt"), arguments.GetValueOrDefault("bandwidth"), arguments.GetValueOrDefault("server-time"));
        }
        catch (FormatException e)
        {
            throw Wrong(e.Message);
        }
    }

    /// <summary>The command line as it may be published.</summary>
    public static string Publishable(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return string.Join(' ', result.Tokens.Select(token =>
            Uri.TryCreate(token.Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? PublicUrl.Of(url)
            : Path.IsPathRooted(token.Value) ? "<path>"
            : token.Value));
    }

    /// <summary>Wrong use, in one line.</summary>
    public static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
