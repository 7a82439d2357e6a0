using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>How to read the table: only what the table at hand shows.</summary>
internal static class Legend
{
    /// <summary>What a reader needs at the first table of a page.</summary>
    public static IEnumerable<string> OfTheFirstTable(IReadOnlyList<ResultRow> rows)
    {
        yield return "a round: a set of processes, one for each row, that take turns";
        if (rows.Any(row => row.Counts?.FullHandshakes is not null))
        {
            yield return "resumed: the handshake continues an earlier TLS session, as .NET does by itself; full: the server sends its certificate";
        }
    }

    public static IEnumerable<string> Of(ResultFile file)
    {
        foreach (var regime in file.Rows.Select(Regime.Of).Distinct())
        {
            yield return $"{regime.Name}: {regime.Meaning}";
        }

        if (file.Rows.Any(row => row.Method == Method.Timeit && row.Launches.Count > 0 && row.Declared.Tool is null && row.Launches.All(launch => launch.Turns == 0)))
        {
            yield return "timeit: its rounds are blocks of calls by one process, so its intervals do not hold what differs from one process to the next";
        }

        yield return "ms/call: the median time of so many calls, one after another, over their number; a round is a set of fresh processes that take turns, and an interval is over the rounds";
        yield return "reuse is: the row's time over that of the row that reuses its connection (shared, floor-shared), round by round, with its interval; saves: their difference a call";

        if (file.Ratios.Any(RatioText.IsUndecided))
        {
            yield return $"{RatioText.Undecided}: the ratio's interval holds 1, so these rounds cannot tell which is faster";
        }

        if (file.Ratios.Any(ratio => ratio.Kind == RatioKind.Floor))
        {
            yield return "floor-fresh, floor-shared: the same bytes on a bare Socket or SslStream (Connect, Write, Read), the limit of this machine; x bare socket: a client's time over theirs";
        }

        if (file.Rows.Any(row => row.Counts?.FullHandshakes is not null))
        {
            yield return "TLS handshakes: while the calls ran; a resumed one continues an earlier session, as .NET does by itself; a full one sends the certificate (AllowTlsResume = false)";
        }

        if (file.Rows.Any(row => row.Target is TargetIds.WireMockHttp or TargetIds.WireMockHttps))
        {
            yield return "wiremock: its own work is part of every call and makes the ratio smaller; kestrel is the control, the same response from a bare server";
        }

        yield return "fresh, fresh-full, shared: no proxy, no cookies, no redirects, certificates validated, PooledConnectionLifetime outlasting the run; a new one is disposed after its call; every response awaited and read to its end, its status and length checked";
    }
}
