using System.Globalization;

namespace ConnectionReuse.Clients;

/// <summary>What a server announces of its connections in <c>Keep-Alive</c> (RFC 2068, 19.7.1.1; no newer RFC has it, all servers do).</summary>
/// <param name="Timeout">The seconds of <c>timeout=</c>; null without.</param>
/// <param name="Max">The number of <c>max=</c>; null without.</param>
internal readonly record struct KeepAliveHeader(int? Timeout, int? Max)
{
    /// <summary>Reads it.</summary>
    public static KeepAliveHeader Of(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Headers.TryGetValues("Keep-Alive", out var values)
            ? new(Number(values, "timeout="), Number(values, "max="))
            : default;
    }

    private static int? Number(IEnumerable<string> values, string name) => values
        .SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(parameter => parameter.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        .Select(parameter => int.TryParse(parameter.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
        .FirstOrDefault();
}
