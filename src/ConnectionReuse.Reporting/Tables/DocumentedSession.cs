using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>The published timeit session that the comparison mirrors: Python's requests, as documented there.</summary>
internal static class DocumentedSession
{
    public const string Heading = $"documented: Python requests, {Site} (network)";

    private const string Site = "https://www.wikipedia.org";

    /// <summary>Whether a result has times to hold against it: of our own targets, or of its site. What becomes of a URL of the user's is no part of it.</summary>
    public static bool BelongsTo(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Rows.Any(row => row.HasTimes() && (TargetIds.Served.Contains(row.Target) || row.Url == $"{Site}/"));
    }

    public static IReadOnlyList<TimeitLine> Lines { get; } =
    [
        new()
        {
            Client = "requests.get",
            PerCall = Text(PerCall(DocumentedFigures.FreshSeconds), "0.0"),
            Connections = Calls,
            Faster = $"{Text(DocumentedFigures.FreshSeconds / DocumentedFigures.SessionSeconds, "0.00")}x (no interval)",
            Saved = $"{Text(PerCall(DocumentedFigures.FreshSeconds - DocumentedFigures.SessionSeconds), "0")} ms",
        },
        new()
        {
            Client = "session.get",
            PerCall = Text(PerCall(DocumentedFigures.SessionSeconds), "0.0"),
            Connections = "1",
        },
    ];

    public static IReadOnlyList<string> Notes { get; } =
    [
        "as published, not measured here: one run of 100 calls of each statement, 52.749 s and 15.770 s, so no interval was published",
        "every handshake of requests.get is a full one: fresh-full is its counterpart",
    ];

    private static string Calls => Text(DocumentedFigures.Calls, "0");

    private static double PerCall(double seconds) => 1000 * seconds / DocumentedFigures.Calls;

    private static string Text(double figure, string format) => figure.ToString(format, CultureInfo.InvariantCulture);
}
