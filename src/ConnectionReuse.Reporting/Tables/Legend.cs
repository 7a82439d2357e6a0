using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>How to read the table: only what the table at hand shows.</summary>
internal static class Legend
{
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

        yield return "number: requests, one after another; total s: the median over all iterations of so many; +-: how far its interval reaches";
        yield return "reuse is x faster: the row's time over that of the row that reuses its connection (shared, floor-shared), round by round, with its interval; ms saved/call: their difference";

        if (file.Ratios.Any(RatioText.IsUndecided))
        {
            yield return $"{RatioText.Undecided}: the ratio's interval holds 1, so these rounds cannot tell which is faster";
        }

        if (file.Ratios.Any(ratio => ratio.Kind == RatioKind.Floor))
        {
            yield return "x floor: the row's time over that of the same bytes on a bare Socket or SslStream (Connect, Write, Read)";
        }

        if (file.Rows.Any(row => row.Counts?.FullHandshakes is not null))
        {
            yield return "full/resumed: TLS handshakes while the requests ran; (full): AllowTlsResume = false, without which .NET resumes its earlier sessions";
        }

        if (file.Rows.Any(row => row.Target is TargetIds.WireMockHttp or TargetIds.WireMockHttps))
        {
            yield return "wiremock: its own work is part of every call and makes the ratio smaller; kestrel is the control, the same response from a bare server";
        }

        yield return "fresh, fresh-full, shared: no proxy, no cookies, no redirects, certificates validated, PooledConnectionLifetime outlasting the run; a new one is disposed after its call; every response awaited and read to its end, its status and length checked";
    }
}
