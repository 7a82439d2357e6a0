using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>How the launches of a row are laid out.</summary>
internal static class RowPlanner
{
    /// <summary>Turns of a row on loopback over TLS, two in each cycle: a new connection for each request takes 0.1 to 0.3 s a turn.</summary>
    public const int TlsTurns = 4;

    /// <summary>Turns of a row on loopback without TLS, where an iteration takes 5 to 30 ms.</summary>
    public const int PlainTurns = 10;

    // A turn should last 50 ms at least: what disturbs a machine for some milliseconds moves the ratio of a shorter one.
    private const int TlsReusingIterations = 12; // of 5 to 8 ms
    private const int PlainReusingIterations = 8; // of 4 to 6 ms
    private const int PlainOpeningIterations = 2; // of 15 to 30 ms

    private const int BigBody = 1_000_000; // bytes: an iteration of such calls takes 0.3 s, however they are made
    private const int AloneIterations = 15;

    /// <summary>The plan of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="requests">Requests of an iteration, as asked for.</param>
    public static RowPlan Of(RowKey row, int requests)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (turns, iterations) = Turns(row);
        return new RowPlan(Math.Min(row.Pattern.RequestsFor(requests), row.MostRequests), LeadOf(row, requests), turns, iterations);
    }

    private static (int Turns, int Iterations) Turns(RowKey row) =>
        row.TargetId == TargetIds.Real || row.LinkMilliseconds > 0 || row.IsFar || row.Pattern.Pause > TimeSpan.Zero ? (1, 1)
        : row.Pattern.InFlight is not null ? (1, AloneIterations)
        : TargetIds.IsTls(row.TargetId) ? (TlsTurns, row.Pattern.Reuses && row.BodyBytes < BigBody ? TlsReusingIterations : 1)
        : (PlainTurns, row.Pattern.Reuses ? PlainReusingIterations : PlainOpeningIterations);

    // A tenth, and nothing for others' servers, over links, and where calls wait or come in fixed numbers.
    private static int LeadOf(RowKey row, int requests)
    {
        var lead = LeadIn.Of(requests);
        var pattern = row.Pattern;
        return row.TargetId != TargetIds.Real && row.LinkMilliseconds == 0 && !row.IsFar && pattern.Pause == TimeSpan.Zero && pattern.InFlight is null && pattern.RequestsFor(lead) == lead
            ? lead : 0;
    }
}
