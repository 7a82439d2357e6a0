using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>What tells comparisons apart, by the names of the options that say it.</summary>
internal static class ParameterText
{
    private static readonly (string Name, long Bits)[] Rates = [("gbit", 1_000_000_000), ("mbit", 1_000_000), ("kbit", 1_000)];

    /// <summary>Names and values, such as <c>rtt</c> and <c>50ms</c>, in the order of a heading.</summary>
    public static IEnumerable<(string Name, string Value)> Of(RowParameters parameters)
    {
        // A question tells its link by its case.
        var link = parameters.Class is null ? parameters.Link : null;
        return
            from parameter in ((string Name, string? Value)[])
            [
                ("url", parameters.Url),
                ("class", parameters.Class),
                ("case", parameters.Case),
                ("job", parameters.Job),
                ("rtt", Time(link?.RttMilliseconds)),
                ("bandwidth", Rate(link?.BandwidthBitsPerSecond)),
                ("server-time", Time(link?.ServerTimeMilliseconds)),
                ("tls", parameters.Tls),
                ("http", parameters.Http),
            ]
            where parameter.Value is not null
            select (parameter.Name, parameter.Value);
    }

    /// <summary>All of them in the order of their names, for programs.</summary>
    public static string Sorted(RowParameters parameters, string separator, string assignment) => string.Join(
        separator, Of(parameters).OrderBy(parameter => parameter.Name, StringComparer.Ordinal).Select(parameter => $"{parameter.Name}{assignment}{parameter.Value}"));

    /// <summary>A heading's end, such as <c>, rtt 50ms, tls 1.2</c>; a URL stands elsewhere in it.</summary>
    public static string Suffix(RowParameters parameters) =>
        string.Concat(Of(parameters with { Url = null }).Select(parameter => $", {parameter.Name} {parameter.Value}"));

    private static string? Time(double? milliseconds) =>
        milliseconds is > 0 and var time ? time.ToString("0.###", CultureInfo.InvariantCulture) + "ms" : null;

    private static string? Rate(long? bitsPerSecond)
    {
        if (bitsPerSecond is not { } bits)
        {
            return null;
        }

        var (name, unit) = Rates.FirstOrDefault(rate => bits % rate.Bits == 0, ("bit", 1));
        return (bits / unit).ToString(CultureInfo.InvariantCulture) + name;
    }
}
