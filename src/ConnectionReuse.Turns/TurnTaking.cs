namespace ConnectionReuse.Turns;

/// <summary>One of several that take turns, such as a live process with a client in it.</summary>
/// <typeparam name="TTurn">What a turn brings.</typeparam>
public interface ITurnTaker<TTurn>
{
    /// <summary>Does the work of one turn, while everybody else rests.</summary>
    Task<TTurn> TakeTurnAsync(CancellationToken cancellationToken);
}

/// <summary>A taker's two turns of a cycle.</summary>
/// <typeparam name="TTurn">What a turn brings.</typeparam>
/// <param name="There">The turn of the permutation.</param>
/// <param name="Back">The turn of its reverse.</param>
public sealed record CycleTurns<TTurn>(TTurn There, TTurn Back);

/// <summary>Lets takers take turns, one at a time and equally often: what is left between them is the same for all.</summary>
/// <typeparam name="TTurn">What a turn brings.</typeparam>
/// <param name="takers">Who takes turns.</param>
/// <param name="order">Who is next.</param>
public sealed class TurnTaking<TTurn>(IReadOnlyList<ITurnTaker<TTurn>> takers, TurnOrder order)
{
    /// <summary>Runs the next cycle: two turns each.</summary>
    /// <returns>The turns of each taker, in the order of the takers.</returns>
    public async Task<IReadOnlyList<CycleTurns<TTurn>>> CycleAsync(CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(order.Takers, takers.Count);
        var turns = Array.ConvertAll(new int[takers.Count], _ => new List<TTurn>(2));
        foreach (var taker in order.NextCycle())
        {
            cancellationToken.ThrowIfCancellationRequested();
            turns[taker].Add(await takers[taker].TakeTurnAsync(cancellationToken));
        }

        return [.. turns.Select(both => new CycleTurns<TTurn>(both[0], both[1]))];
    }

    /// <summary>Runs cycles for as long as they are wanted: at least as many as balance the order.</summary>
    /// <param name="goesOn">Asked after each balanced set of cycles.</param>
    /// <param name="cancellationToken">Ends the turns.</param>
    public async Task<IReadOnlyList<IReadOnlyList<CycleTurns<TTurn>>>> BalancedCyclesAsync(Func<bool> goesOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(goesOn);
        var cycles = new List<IReadOnlyList<CycleTurns<TTurn>>>();
        do
        {
            for (var cycle = 0; cycle < order.Balanced; cycle++)
            {
                cycles.Add(await CycleAsync(cancellationToken));
            }
        }
        while (goesOn());

        return cycles;
    }
}
