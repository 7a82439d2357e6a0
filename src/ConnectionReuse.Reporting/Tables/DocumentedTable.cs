using System.Globalization;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>The documented session and its reproduction over an emulated link, side by side: totals of all blocks.</summary>
internal static class DocumentedTable
{
    private static readonly Column<Line>[] Columns =
    [
        new("statement", line => line.Statement, IsNumber: false, CellKind.Code),
        new("documented s", line => line.Documented),
        new("reproduced s", line => line.Reproduced),
        new("difference", line => line.Difference),
        new("connections", line => line.Connections),
    ];

    /// <summary>The table with its environment; it ends with a line feed.</summary>
    /// <param name="file">A run with the rows <c>fresh-full</c> and <c>shared</c>.</param>
    public static string Render(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var fresh = file.Rows.First(row => row.Client == ClientIds.FreshFull);
        var shared = file.Rows.First(row => row.Client == ClientIds.Shared);
        var calls = Calls(shared);
        var (freshTotal, sharedTotal) = (Total(fresh), Total(shared));
        var model = file.Ratios.Select(ratio => ratio.Model).FirstOrDefault(figures => figures is not null);
        return string.Join('\n',
        [
            $"### the documented session, reproduced over an emulated link\n\n{MarkdownTable.Render(Columns,
            [
                Of(fresh, "requests.get(url)", DocumentedFresh(calls), freshTotal, Calls(fresh)),
                Of(shared, "session.get(url)", DocumentedSession(calls), sharedTotal, 1),
                Ratio(DocumentedFresh(calls) / DocumentedSession(calls), freshTotal / sharedTotal),
            ])}\n{MarkdownText.List(Notes(fresh, shared, calls))}",
            .. model is null ? Array.Empty<string>() : [$"### the limit\n\n{ModelTable.Render([new ModelRow("reproduced: fresh-full, shared", model)])}"],
            $"### environment\n\n{MarkdownText.List(EnvironmentLines.Of(file))}",
        ]);
    }

    private static double DocumentedFresh(int calls) => DocumentedFigures.FreshSeconds * calls / DocumentedFigures.Calls;

    // With fewer calls the session's connect weighs more.
    private static double DocumentedSession(int calls)
    {
        const double Connect = DocumentedFigures.ConnectRoundTrips * DocumentedFigures.RoundTripMilliseconds / 1000;
        return ((DocumentedFigures.SessionSeconds - Connect) * calls / DocumentedFigures.Calls) + Connect;
    }

    private static int Calls(ResultRow row) => row.Launches.Count * row.Requests;

    private static double? Total(ResultRow row) => row.HasTimes() ? row.Launches.Sum(launch => Samples.Median(launch.IterationSeconds)) : null;

    private static Line Of(ResultRow row, string statement, double documented, double? reproduced, int connections) => new(
        statement,
        Figure.Text(documented, 2),
        reproduced is { } seconds ? Figure.Text(seconds, 2) : row.Status.Words(),
        Difference(documented, reproduced),
        reproduced is null ? "" : connections.ToString(CultureInfo.InvariantCulture));

    private static Line Ratio(double documented, double? reproduced) => new(
        "fresh / session", $"{Figure.Text(documented, 2)}x", reproduced is { } ratio ? $"{Figure.Text(ratio, 2)}x" : "", Difference(documented, reproduced), "");

    private static string Difference(double documented, double? reproduced) =>
        reproduced is { } value ? (value / documented - 1).ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture) : "";

    private static IEnumerable<string> Notes(ResultRow fresh, ResultRow shared, int calls)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"documented: Python requests, https://www.wikipedia.org, one run of {DocumentedFigures.Calls} calls each; reproduced: .NET, fresh-full and shared, on loopback behind an emulated link of RTT {DocumentedFigures.RoundTripMilliseconds} ms, TLS 1.2, full handshakes, a server that thinks for {DocumentedFigures.ServerMilliseconds} ms: the one solution of the two documented totals, 4 RTT + S = 527.5 ms and 100 (RTT + S) + 3 RTT = 15.77 s");
        yield return string.Create(CultureInfo.InvariantCulture, $"{calls} calls of each; requests.get: {fresh.Client}, session.get: {shared.Client}");
        yield return $"blocks of {shared.Requests} calls alternate; one connection serves all blocks of shared, and its connect is in the first";
        if (calls != DocumentedFigures.Calls)
        {
            yield return $"shortened: the documented totals are scaled to {calls} calls, the session's connect left whole";
        }

        foreach (var row in new[] { fresh, shared }.Where(row => row.Reason is not null))
        {
            yield return $"{row.Client}: {row.Reason}";
        }
    }

    private sealed record Line(
        string Statement, string Documented, string Reproduced, string Difference, string Connections);
}
