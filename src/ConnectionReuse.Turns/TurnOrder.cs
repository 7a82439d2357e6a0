namespace ConnectionReuse.Turns;

/// <summary>
/// Who is next: an endless stream of cycles, each a permutation of all takers and then its reverse, so that a drift of the
/// machine cancels within a cycle. Whatever is left over is balanced over <see cref="Balanced"/> cycles: by then every taker
/// was as often in each place, and came as often right behind each other one (Williams 1949, with random labels and rows;
/// for two or three takers that is every order once).
/// </summary>
public sealed class TurnOrder
{
    private readonly Random _random;
    private readonly Queue<int[]> _permutations = new();

    /// <summary>An order for some takers.</summary>
    /// <param name="takers">How many take turns.</param>
    /// <param name="random">Decides everything that is left open; the same seed gives the same order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no taker.</exception>
    public TurnOrder(int takers, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(takers, 1);
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
        Takers = takers;
    }

    /// <summary>How many take turns.</summary>
    public int Takers { get; }

    /// <summary>The cycles after which the order is balanced.</summary>
    public int Balanced => Takers % 2 == 0 ? Takers : 2 * Takers;

    /// <summary>The next cycle: each taker, by its place, once there and once back.</summary>
    public IReadOnlyList<int> NextCycle()
    {
        if (_permutations.Count == 0)
        {
            foreach (var permutation in BalancedPermutations())
            {
                _permutations.Enqueue(permutation);
            }
        }

        var there = _permutations.Dequeue();
        return [.. there, .. there.Reverse()];
    }

    // A row of the square and the next one differ by 1; an odd square needs its mirror for balanced neighbours.
    private int[][] BalancedPermutations()
    {
        var labels = Enumerable.Range(0, Takers).ToArray();
        _random.Shuffle(labels);
        var rows = Enumerable.Range(0, Takers)
            .Select(row => Enumerable.Range(0, Takers).Select(place => labels[(ZigZag(place) + row) % Takers]).ToArray())
            .ToArray();
        int[][] permutations = Takers % 2 == 0 ? rows : [.. rows, .. rows.Select(row => row.Reverse().ToArray())];
        _random.Shuffle(permutations);
        return permutations;
    }

    // 0, 1, n - 1, 2, n - 2 ...: no two neighbours differ by the same, modulo n.
    private int ZigZag(int place) => place % 2 == 1 ? (place + 1) / 2 : (Takers - (place / 2)) % Takers;
}
