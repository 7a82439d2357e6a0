using System.Globalization;
using ConnectionReuse.Clients;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Running;

/// <summary>Why connections were not reused: found out by a few watched calls when all times are taken.</summary>
internal static class ReuseVerdicts
{
    // A second handshake tells nothing of who ends a connection.
    private static readonly DiagnosisOptions Options = new() { Resumption = false };

    // Each waits: enough to see that what happens behind a pause happens again.
    private const int CallsWithPauses = 4;

    /// <summary>The requests that a verdict takes at most.</summary>
    public static int MostRequests => ReuseDiagnosis.MostRequests(Options);

    /// <summary>What a real target is told to get besides.</summary>
    public static string Announcement { get; } = $"and up to {MostRequests} more to find out why, where connections are not reused";

    /// <summary>Whether a row opened more connections than its client declares, or failed on its way: not where the answer itself was a refusal.</summary>
    public static bool IsWantedFor(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Declared is { Reuses: true, Tool: null }
            && (row.Status == RowStatus.Failed ? row.Reason?.Contains(ExchangeException.Answered, StringComparison.Ordinal) != true : row.Counts?.Opened > 0);
    }

    /// <summary>The verdict on a client pattern's calls to a target.</summary>
    /// <returns>Null where nothing answered, or where QUIC is spoken, which is not watched.</returns>
    public static async Task<ReuseVerdict?> OfAsync(ClientPattern pattern, Target target, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var pause = target.Request?.Pause ?? TimeSpan.Zero;
        var options = pause > TimeSpan.Zero ? Options with { Pause = pause, Calls = CallsWithPauses, MostCalls = CallsWithPauses } : Options;
        return target.IsQuic ? null : (await ReuseDiagnosis.RunAsync(target, options with { Client = pattern }, time, cancellationToken)).Verdict;
    }

    /// <summary>The verdict on calls that were timed: a request cap beyond those that a few watched calls would meet.</summary>
    /// <param name="counts">What they did.</param>
    /// <param name="ended">How many calls each connection had carried that ended meanwhile.</param>
    /// <returns>Null where no such cap is seen.</returns>
    public static ReuseVerdict? OfTimedCalls(Counts counts, IReadOnlyList<int> ended)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var most = ended.GroupBy(calls => calls).MaxBy(same => same.Count());
        return counts.Opened is > 0 and var opened && most is not null && most.Key > Options.Calls && most.Count() > 1 && 2 * most.Count() >= ended.Count
            ? new ReuseVerdict((int)counts.Requests, (int)opened, ReuseCause.RequestCap, CauseTexts.Of(ReuseCause.RequestCap).Filled(("n", ReuseCauses.Number(most.Key)), ("seen", ", again and again")), CauseTexts.RemedyOf(ReuseCause.RequestCap))
            : null;
    }

    /// <summary>Gives the rows of one target that want it a verdict: one for all, because the first one's calls show what the server does.</summary>
    /// <exception cref="OperationCanceledException">The user ended it.</exception>
    public static async Task<IReadOnlyList<ResultRow>> GiveAsync(IReadOnlyList<ResultRow> rows, Target target, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.FirstOrDefault(IsWantedFor) is { } first && await OfAsync(ClientPatterns.All[first.Client], target, time, cancellationToken) is { } verdict
            ? [.. rows.Select(row => IsWantedFor(row) ? row with { Verdict = Beside(row, verdict) } : row)]
            : rows;
    }

    /// <summary>The verdict beside a row's counts: where the watched calls shared a connection and the timed ones did not, the rarer event is in the many calls.</summary>
    public static ReuseVerdict Beside(ResultRow row, ReuseVerdict verdict) => !verdict.IsReused || row.Counts is not { Opened: > 0 and var opened, Requests: var requests } ? verdict
        : row.Verdict ?? new ReuseVerdict((int)requests, (int)opened, ReuseCause.Unknown, CauseTexts.Of(ReuseCause.Unknown).Filled(
            ("seen", string.Create(CultureInfo.InvariantCulture, $"{opened} connection{(opened == 1 ? " was" : "s were")} opened in {requests} timed calls, and none in {verdict.Requests} watched ones: a cap above {verdict.Requests} requests, or an idle limit, which diagnose --idle finds"))));
}
