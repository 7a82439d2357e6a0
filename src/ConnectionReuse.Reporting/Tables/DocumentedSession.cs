namespace ConnectionReuse.Reporting.Tables;

/// <summary>The published timeit session that the comparison mirrors: Python's requests, as documented there.</summary>
internal static class DocumentedSession
{
    public const string Heading = "documented: Python requests, https://www.wikipedia.org (network)";

    // 52.74904417991638 s and 15.770191192626953 s; the ratio and the saving follow from them.
    public static IReadOnlyList<TimeitLine> Lines { get; } =
    [
        new()
        {
            Client = "documented",
            Statement = "requests.get(url)",
            Number = "100",
            Total = "52.749",
            PerCall = "527.5",
            Connections = "100",
            Faster = "3.34x (no interval)",
            Saved = "370",
        },
        new()
        {
            Client = "documented",
            Statement = "session.get(url)",
            Number = "100",
            Total = "15.770",
            PerCall = "157.7",
            Connections = "1",
        },
    ];

    public static IReadOnlyList<string> Notes { get; } =
    [
        "as published, not measured here: one run of each statement, so no interval was published",
        "every handshake of requests.get is a full one: fresh-full is its counterpart",
    ];
}
