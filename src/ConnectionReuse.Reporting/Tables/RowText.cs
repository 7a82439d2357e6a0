using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What is said of a row in words.</summary>
internal static class RowText
{
    /// <summary>What to use instead, with the sockets that its launches left behind; null where the pattern is no mistake.</summary>
    public static string? Remedy(ResultRow row)
    {
        int[] left = [.. row.Launches.Select(launch => launch.SocketsLeft).OfType<int>()];
        return left.Length == 0 ? row.Declared.Remedy : $"{row.Declared.Remedy}; {Range(left)} sockets were still open when a launch ended";
    }

    private static string Range(int[] values) =>
        values.Min() == values.Max() ? values.Max().ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{values.Min()} to {values.Max()}");
}
