using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// Every client pattern of head, each on every local target that it can do with, by the connections of a few calls:
/// what the rows that are timed leave out.
/// </summary>
/// <param name="folder">Head's published build.</param>
/// <param name="mutation">What to break in it, to see that the gate notices; null for nothing.</param>
/// <param name="progress">Told what goes on.</param>
/// <param name="time">Measures patience.</param>
public sealed class PatternSweep(string folder, Mutation? mutation, Action<string> progress, TimeProvider time)
{
    private const int CountedCalls = 10;
    private const int PacedCalls = 1; // of a pattern that waits before each call, up to 2.5 s, on one target

    /// <summary>The rows: every pattern of this program on its targets, one that waits on one of them.</summary>
    public static IReadOnlyList<GateKey> Keys { get; } =
    [
        .. from pattern in ClientPatterns.All.Values
           let targets = pattern.Targets.Where(target => !pattern.TlsOnly || TargetIds.IsTls(target))
           from target in pattern.Pause > TimeSpan.Zero ? targets.Take(1) : targets
           select new GateKey(target, pattern.Id),
    ];

    /// <summary>Counts them all.</summary>
    /// <returns>What was counted; nothing where head is too old to be asked, and without the patterns that it does not have.</returns>
    /// <exception cref="IOException">The server or the client is gone or silent.</exception>
    public async Task<IReadOnlyList<PatternCounts>> RunAsync(CancellationToken cancellationToken)
    {
        progress($"counting every client of head, {Keys.Count} rows");
        await using var server = await ServerProcess.StartAsync(Self.Start(["server", .. Keys.Select(key => key.Target).Distinct()]), cancellationToken);
        foreach (var target in Keys.GroupBy(key => key.Target))
        {
            await PortBudget.EnsureAsync(
                server.Ready.Targets[target.Key].Port,
                target.Sum(Connections),
                time,
                left => progress($"waiting {left.TotalSeconds:0} s for free ports towards {target.Key}"),
                cancellationToken);
        }

        using var client = ClientProcess.Start("head", folder, time);
        await client.Arm.GreetAsync(
            JsonSerializer.Serialize(new GateSetup(server.Ready, Cores: null, mutation, []), GateSetupJson.Default.GateSetup), cancellationToken);
        var counts = await RunAsync(client.Arm, Keys, cancellationToken);
        server.ThrowIfEnded();
        return counts;
    }

    /// <summary>Asks a client for some rows, one after the other; a row whose calls fail is one that failed.</summary>
    /// <exception cref="IOException">The client is gone, silent, or says something else.</exception>
    public static async Task<IReadOnlyList<PatternCounts>> RunAsync(Arm head, IEnumerable<GateKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        var known = await head.PatternsAsync(cancellationToken);
        var counts = new List<PatternCounts>();
        foreach (var key in keys.Where(key => known.Contains(key.Client)))
        {
            try
            {
                counts.Add(new PatternCounts(key.Target, key.Client, await head.ProveAsync(key, Requests(key), cancellationToken), Failure: null));
            }
            catch (FailedAnswerException e)
            {
                counts.Add(new PatternCounts(key.Target, key.Client, Seen: null, e.Reason));
            }
        }

        return counts;
    }

    private static int Requests(GateKey key) => key.Pattern.RequestsFor(key.Pattern.Pause > TimeSpan.Zero ? PacedCalls : CountedCalls);

    private static int Connections(GateKey key) => key.Pattern.PrimingCalls + key.Pattern.Expect(Requests(key)).Carrying;
}
