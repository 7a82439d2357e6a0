namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// Who is first: each cycle holds every order of the three arms once, in an order that the seed decides, and each round
/// goes there and back, so that a drift of the machine cancels.
/// </summary>
/// <param name="random">Seeded.</param>
public sealed class RoundOrder(Random random)
{
    private static readonly int[][] Orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    /// <summary>The turns of the next rounds; after them every arm was first, second and last alike.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Cycle()
    {
        var orders = Orders.ToArray();
        random.Shuffle(orders);
        return [.. orders.Select(order => (int[])[.. order, .. order.Reverse()])];
    }
}
