namespace ConnectionReuse.Reporting.Model;

/// <summary>What a client of n requests takes: <c>setup + n · request</c>.</summary>
/// <param name="SetupSeconds">Making and ending the client and its connection.</param>
/// <param name="RequestSeconds">Each request.</param>
internal sealed record CostModel(double SetupSeconds, double RequestSeconds)
{
    /// <summary>
    /// Fits the model by least squares of the relative errors: times of one and of a thousand requests differ by orders
    /// of magnitude, and each is known to about the same percentage.
    /// </summary>
    /// <param name="clients">Requests of a client, and the seconds it took.</param>
    /// <returns>Null with fewer than two different numbers of requests.</returns>
    public static CostModel? Fit(IReadOnlyCollection<(int Requests, double Seconds)> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        if (clients.Select(client => client.Requests).Distinct().Count() < 2)
        {
            return null;
        }

        // With a = 1/t and b = n/t: minimise the sum of (setup · a + request · b - 1)².
        double aa = 0, ab = 0, bb = 0, a1 = 0, b1 = 0;
        foreach (var (requests, seconds) in clients)
        {
            var (a, b) = (1 / seconds, requests / seconds);
            (aa, ab, bb, a1, b1) = (aa + (a * a), ab + (a * b), bb + (b * b), a1 + a, b1 + b);
        }

        var determinant = (aa * bb) - (ab * ab);
        return new CostModel(((a1 * bb) - (b1 * ab)) / determinant, ((b1 * aa) - (a1 * ab)) / determinant);
    }

    /// <summary>What the model says of a client of so many requests, in seconds.</summary>
    public double Seconds(int requests) => SetupSeconds + (requests * RequestSeconds);
}
