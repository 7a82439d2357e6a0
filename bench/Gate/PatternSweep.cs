using ConnectionReuse.Clients;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// Every client pattern of head, each on every local target that it can do with, by the connections of a few calls:
/// what the rows that are timed leave out.
/// </summary>
/// <param name="host">Starts the server, and head alone.</param>
/// <param name="mutation">What to break in it, to see that the gate notices; null for nothing.</param>
/// <param name="progress">Told what goes on.</param>
internal sealed class PatternSweep(IMeasuringHost host, Mutation? mutation, Action<string> progress)
{
    /// <summary>The client patterns of head.</summary>
    public GuardedPatterns Patterns { get; init; } = GuardedPatterns.Own;

    /// <summary>Head's folder; needed where patterns come from an assembly in it.</summary>
    public string Folder { get; init; } = string.Empty;

    private const int CountedCalls = 10;
    private const int PacedCalls = 1; // of a pattern that waits before each call, up to 2.5 s, on one target

    /// <summary>The rows: every pattern of this program on its targets, one that waits on one of them.</summary>
    public static IReadOnlyList<StationRow> Rows { get; } =
    [
        .. from pattern in ClientPatterns.All.Values
           let targets = pattern.Targets.Where(target => !pattern.TlsOnly || TargetIds.IsTls(target))
           from target in pattern.Pause > TimeSpan.Zero ? targets.Take(1) : targets
           select new StationRow(target, pattern.Id),
    ];

    /// <summary>Counts some of them.</summary>
    /// <param name="rows">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was counted; nothing where head is too old to be asked, and without the patterns that it does not have.</returns>
    /// <exception cref="IOException">The server or the station is gone or silent.</exception>
    public async Task<IReadOnlyList<PatternCounts>> RunAsync(IReadOnlyList<StationRow> rows, CancellationToken cancellationToken)
    {
        progress($"counting {(rows == Rows ? "every client" : "clients")} of head, {rows.Count} rows");
        string[] targets = [.. rows.Select(row => row.Target).Distinct()];
        await using var server = await host.StartServerAsync(targets, cancellationToken);
        foreach (var target in rows.GroupBy(row => row.Target))
        {
            await host.EnsurePortsAsync(target.Key, server.Ready.Targets[target.Key].Port, target.Sum(row => Connections(Patterns.Of(row))), cancellationToken);
        }

        await using var set = await host.StartStationsAsync(1, new Random(0));
        var head = set.Stations[0];
        await head.GreetAsync(new StationSetup { Targets = StationSetup.Local(server.Ready, targets), Mutation = mutation, Patterns = Patterns.In(Folder) }, cancellationToken);
        var counts = await RunAsync(head, rows, Patterns, cancellationToken);
        server.ThrowIfEnded();
        return counts;
    }

    /// <summary>Asks a station for some rows, one after the other; a row whose calls fail is one that failed.</summary>
    /// <exception cref="IOException">The station is gone, silent, or says something else.</exception>
    public static async Task<IReadOnlyList<PatternCounts>> RunAsync(Station head, IEnumerable<StationRow> rows, GuardedPatterns patterns, CancellationToken cancellationToken)
    {
        var known = await head.PatternsAsync(cancellationToken);
        var counts = new List<PatternCounts>();
        foreach (var row in rows.Where(row => known.Contains(row.Client)))
        {
            var pattern = patterns.Of(row);
            var requests = Requests(pattern);
            try
            {
                var seen = GateMeasurement.CountsOf([(await head.ProveAsync(row, requests, cancellationToken)).Counts]);
                counts.Add(new PatternCounts(row.Target, row.Client, pattern.Declare(requests), seen, Failure: null));
            }
            catch (FailedAnswerException e)
            {
                counts.Add(new PatternCounts(row.Target, row.Client, pattern.Declare(requests), Seen: null, e.Reason));
            }
        }

        return counts;
    }

    private static int Requests(ClientPattern pattern) => pattern.RequestsFor(pattern.Pause > TimeSpan.Zero ? PacedCalls : CountedCalls);

    private static int Connections(ClientPattern pattern) => pattern.PrimingCalls + pattern.Expect(Requests(pattern)).Carrying;
}
