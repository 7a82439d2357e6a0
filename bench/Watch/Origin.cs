using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Watch;

/// <summary>Whom calls go to: what a pool of connections belongs to.</summary>
/// <param name="Scheme">Such as <c>https</c>.</param>
/// <param name="Host">The host's name or address.</param>
/// <param name="Port">The port.</param>
internal readonly record struct Origin(string Scheme, string Host, int Port)
{
    /// <summary>Where no event told it: of a connection that was open before watching began.</summary>
    public static Origin Unknown { get; } = new(string.Empty, string.Empty, 0);

    /// <summary>The origin of an absolute URL; <see cref="Unknown"/> for a text that is none.</summary>
    public static Origin Of(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Port > 0
        ? new Origin(parsed.Scheme, parsed.IdnHost, parsed.Port)
        : Unknown;

    /// <summary>As it is shown, without the port that its scheme implies.</summary>
    public override string ToString()
    {
        if (this == Unknown)
        {
            return "(host not seen)";
        }

        var host = PlainText.OneLine(Host.Contains(':', StringComparison.Ordinal) && !Host.StartsWith('[') ? $"[{Host}]" : Host);
        return (Scheme, Port) is ("http", 80) or ("https", 443) ? $"{Scheme}://{host}" : string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{host}:{Port}");
    }
}
