using System.Globalization;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>One launch as it came back: its times and what it counted.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="IterationSeconds">The timed iterations; empty when the launch failed.</param>
/// <param name="Report">What the launch counted; null when its process left nothing.</param>
internal sealed record LaunchRecord(int Round, IReadOnlyList<double> IterationSeconds, LaunchReport? Report)
{
    /// <summary>The turns in which the iterations were made; 0 where it ran alone.</summary>
    public int Turns { get; init; }
}

/// <summary>Makes a row of a result file out of its launches: times only when everything is as declared.</summary>
internal static class RowBuilder
{
    /// <summary>The row, with its status and, where it deviates, the reason.</summary>
    /// <param name="row">The row with target, URL, client, parameters and requests filled in.</param>
    /// <param name="pattern">Declares the connections.</param>
    /// <param name="launches">What came back so far.</param>
    /// <param name="planned">Launches that were to be.</param>
    /// <param name="local">Whether the server counted too, and must not close connections of its own accord.</param>
    public static ResultRow Build(ResultRow row, ClientPattern pattern, IReadOnlyList<LaunchRecord> launches, int planned, bool local)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(launches);
        if (launches.Count == 0)
        {
            return row with { Status = RowStatus.NotRun, Reason = "the run ended before it" };
        }

        var counted = WithCounts(row, launches);
        if (Failure(launches) is { } failure)
        {
            return counted with { Status = RowStatus.Failed, Reason = failure };
        }

        int[] ended = [.. launches.SelectMany(launch => launch.Report!.Iterations).SelectMany(iteration => iteration.Ended ?? [])];
        var foreign = !local && pattern.Reuses;
        var deviation = foreign ? Reuse(counted.Counts!, ended) : Deviation(pattern, pattern.Expect(row.Requests), launches);
        if (deviation is not null && local)
        {
            return counted with { Status = RowStatus.Failed, Reason = deviation };
        }

        var partial = launches.Count < planned;
        return Timed(counted, launches) with
        {
            Status = partial ? RowStatus.Partial : RowStatus.Measured,
            Reason = Join(partial ? $"{launches.Count} of {planned} rounds" : null, deviation),
            Verdict = counted.Verdict ?? (foreign ? ReuseVerdicts.OfTimedCalls(counted.Counts!, ended) : null),
        };
    }

    private static ResultRow WithCounts(ResultRow row, IReadOnlyList<LaunchRecord> launches)
    {
        CountedIteration[] iterations = [.. launches.SelectMany(launch => launch.Report?.Iterations ?? [])];
        var last = launches.Select(launch => launch.Report).LastOrDefault(report => report?.HttpVersion is not null);
        return row with
        {
            Failures = launches.Sum(launch => launch.Report?.Failures ?? 0),
            Counts = iterations.Length == 0 ? null : iterations.Select(iteration => iteration.Counts).Aggregate((sum, one) => sum + one),
            CountedIterations = iterations.Length,
            PoolConnectionsOpened = launches.Average(launch => launch.Report?.PoolOpened),
            CallTimes = CallTimes.Of(iterations.SelectMany(iteration => iteration.CallSeconds ?? [])),
            AllocatedBytesPerRequest = iterations.Length == 0 ? null : Samples.Median(iterations.Select(iteration => (double)iteration.Counts.AllocatedBytes! / iteration.Counts.Requests)),
            HttpVersion = last?.HttpVersion,
            TlsProtocol = last?.TlsProtocol,
        };
    }

    private static ResultRow Timed(ResultRow row, IReadOnlyList<LaunchRecord> launches) => (row with
    {
        Launches = [.. launches.Select(launch => new Launch(launch.Round, launch.IterationSeconds)
        {
            Turns = launch.Turns,
            FirstCallSeconds = launch.Report?.FirstCallSeconds,
            WarmupIterations = launch.Report?.WarmupIterations,
            WarmupCapped = launch.Report?.WarmupCapped,
            SocketsLeft = launch.Report?.SocketsLeft,
        })],
    }).WithFigures();

    private static string? Failure(IReadOnlyList<LaunchRecord> launches) =>
        launches.Select(launch => launch.Report?.Reason).FirstOrDefault(reason => reason is not null)
        ?? (launches.Any(launch => launch.IterationSeconds.Count == 0 || launch.Report is null)
            ? "the benchmark process ended without a result; its log says why"
            : launches.Any(launch => launch.Report!.Iterations.Count != launch.IterationSeconds.Count)
            ? "another number of iterations was counted than timed"
            : null);

    private static string? Deviation(ClientPattern pattern, ConnectionExpectation expected, IReadOnlyList<LaunchRecord> launches)
    {
        foreach (var launch in launches)
        {
            foreach (var seen in launch.Report!.Iterations.Select(iteration => iteration.Counts))
            {
                if (seen.Opened != (seen.Accepted ?? seen.Opened))
                {
                    return $"round {launch.Round}: the client opened {seen.Opened} connections, the server accepted {seen.Accepted}";
                }

                if (!expected.Holds(seen.Carrying, seen.Opened!.Value))
                {
                    return $"round {launch.Round}: expected {(expected.AtMost ? "at most " : "")}{Words(expected.Carrying, expected.Opened)}; seen {Words(seen.Carrying, seen.Opened.Value)}";
                }

                // A reusing client opens its connection before the timed iterations, in a handshake of either kind.
                if (!pattern.Reuses && Unexpected(pattern, seen) is > 0 and var handshakes)
                {
                    return $"round {launch.Round}: {handshakes} of {seen.FullHandshakes + seen.ResumedHandshakes} TLS handshakes were {(pattern.FullHandshakes ? "resumed, not full" : "full, not resumed")}";
                }
            }
        }

        return null;
    }

    // Somebody else's server may close whenever it likes: what is left of the reuse is a finding, no fault.
    private static string? Reuse(Counts seen, IReadOnlyList<int> ended) =>
        seen.Opened == 0 ? null
        : seen.Opened >= seen.Requests ? $"reused nothing: {Number(seen.Opened!.Value, "connection")} for {Number(seen.Requests, "request")}"
        : string.Create(CultureInfo.InvariantCulture, $"{CallsOfAConnection(seen, ended):0.#} calls a connection: {seen.Opened} opened in {Number(seen.Requests, "request")}");

    private static string Number(long number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    // By the connections that ended, untimed calls included: a block begins and ends anywhere in the life of one.
    private static double CallsOfAConnection(Counts seen, IReadOnlyList<int> ended) =>
        ended.Count > 0 ? ended.Average() : (double)seen.Requests / seen.Opened!.Value;

    private static long? Unexpected(ClientPattern pattern, Counts seen) => pattern.FullHandshakes ? seen.ResumedHandshakes : seen.FullHandshakes;

    private static string Words(long? carrying, long opened) =>
        $"{carrying?.ToString() ?? "?"} connection{(carrying == 1 ? "" : "s")} in use and {opened} opened per iteration";

    private static string? Join(params string?[] reasons) =>
        reasons.Any(reason => reason is not null) ? string.Join("; ", reasons.Where(reason => reason is not null)) : null;
}
