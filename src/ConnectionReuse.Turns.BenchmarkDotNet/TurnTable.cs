
namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>One launch of a group: starts its processes, waits until all are warm, and hands out the turns.</summary>
internal sealed class TurnTable(IReadOnlyList<MemberLaunch> members, int launch, TurnsOptions options)
{
    private readonly Random _random = new(HashCode(options.Seed, launch));

    /// <summary>Runs every process to its end.</summary>
    /// <exception cref="TimeoutException">A process stood still; all of them are ended.</exception>
    public void Run()
    {
        using var interruption = options.Interrupted.Register(KillAll);
        using var threads = new PoolThreads(2 * members.Count);
        var cores = options.OnOneCore ? Placement.Cores() : null;
        try
        {
            // In another order each time: memory is laid out differently for who comes first. One after the other, because
            // a process inherits the pipes that are open when it starts.
            foreach (var member in members.OrderBy(_ => _random.Next()).ToArray())
            {
                member.Start(options.OnOneCore, options.Patience);
            }

            using var driver = Placement.Spread(Placement.WithoutLast(cores));
            HandOut();
        }
        catch (TimeoutException)
        {
            KillAll();
            throw;
        }
        finally
        {
            foreach (var member in members)
            {
                member.Taker.Release();
            }

            foreach (var member in members)
            {
                member.Join();
            }
        }
    }

    private void HandOut()
    {
        MemberLaunch[] staged = [.. members.Where(member => member.Taker.Staged)];
        OnceEach(staged); // their first runs
        foreach (var member in staged)
        {
            member.Taker.Grant(); // they warm up side by side
        }

        OnceEach(staged); // their rehearsals
        WaitFor(members); // all are warm before the first turn

        var order = new TurnOrder(members.Count, _random);
        while (members.Any(member => member.Taker.WaitForQuestion(options.Patience)))
        {
            foreach (var member in order.NextCycle().Select(place => members[place]).Where(member => member.Taker.WaitForQuestion(options.Patience)))
            {
                member.Turns++;
                options.Taking?.Invoke(new Turn(member.Benchmark, launch, member.Turns));
                Take(member, options.IterationsOfATurn(member.Benchmark));
            }
        }
    }

    private void OnceEach(IReadOnlyList<MemberLaunch> staged)
    {
        WaitFor(staged);
        foreach (var member in staged.OrderBy(_ => _random.Next()).ToArray())
        {
            Take(member, iterations: 1);
        }
    }

    private void WaitFor(IReadOnlyList<MemberLaunch> asking)
    {
        foreach (var member in asking)
        {
            member.Taker.WaitForQuestion(options.Patience);
        }
    }

    private void Take(MemberLaunch member, int iterations)
    {
        for (var i = 0; i < iterations && member.Taker.WaitForQuestion(options.Patience); i++)
        {
            member.Taker.Grant();
        }

        member.Taker.WaitForQuestion(options.Patience); // its last iteration has ended when it asks again
        if (member.Taker.Failed && options.FailTogether(member.Benchmark))
        {
            KillAll();
        }
    }

    private void KillAll()
    {
        foreach (var member in members)
        {
            member.Taker.Kill();
        }
    }

    // Each launch has orders of its own, the same ones for the same seed.
    private static int HashCode(int seed, int launch) => unchecked((seed * 397) ^ launch);
}
