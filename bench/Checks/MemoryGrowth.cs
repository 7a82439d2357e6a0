using System.Runtime;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Memory;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// Whether the suite itself grows with its requests: one after another through the shared client, in blocks that are
/// counted at both ends as an iteration is, and a look at both processes after 1,000, 10,000 ... of them.
/// </summary>
internal static class MemoryGrowth
{
    /// <summary>Requests until the first look, and in each block.</summary>
    public const int Block = 1000;

    private const int Tenth = 10;
    private const int WarmupBlock = 200;

    /// <summary>The numbers of requests after which both processes are looked at: powers of ten, and all of them.</summary>
    public static IReadOnlyList<int> Looks(int requests)
    {
        var looks = new List<int>();
        for (var look = (long)Block; look < requests; look *= 10)
        {
            looks.Add((int)look);
        }

        return [.. looks, requests];
    }

    /// <summary>Makes the requests.</summary>
    /// <param name="target">Whom they go to.</param>
    /// <param name="control">The other end's counts and memory.</param>
    /// <param name="requests">How many.</param>
    /// <param name="time">Times each block.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<MemoryRun> MeasureAsync(
        Target target, ServerControl control, int requests, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(control);
        var pattern = new SharedClient();
        using var connections = new ClientConnections();
        await using var caller = pattern.Open(target);
        var recorder = new CountsRecorder(target, connections, control, allFull: false);
        var (warmups, _) = await JitWarmup.RunAsync(() => BlockAsync(WarmupBlock), () => JitInfo.GetCompiledMethodCount());

        var before = control.Mark(target.Id);
        var seconds = new List<double>(requests / Block + Tenth); // all of it now: it must not look like growth
        var samples = new List<MemorySample>();
        var others = 0;
        var sent = 0;
        foreach (var look in Looks(requests))
        {
            while (sent < look)
            {
                var size = Math.Min(Block, look - sent);
                var (seen, elapsed) = await BlockAsync(size);
                others += pattern.Expect(size).Holds(seen.Carrying, seen.Opened!.Value) && seen.Accepted == 0 ? 0 : 1;
                seconds.Add(elapsed.TotalSeconds / size);
                sent += size;
            }

            var lately = Samples.Median([.. seconds.TakeLast(Math.Max(1, seconds.Count / Tenth))]);
            samples.Add(new MemorySample(sent, lately, ProcessMemory.AfterFullCollection(), control.Memory()));
        }

        return new MemoryRun(target.Id, warmups * WarmupBlock, samples, control.Mark(target.Id).Requests - before.Requests, others);

        async Task<(Counts Seen, TimeSpan Elapsed)> BlockAsync(int size)
        {
            recorder.Begin();
            var start = time.GetTimestamp();
            await caller.MakeAsync(pattern, size, cancellationToken);
            var elapsed = time.GetElapsedTime(start);
            return (recorder.End(size), elapsed);
        }
    }
}
