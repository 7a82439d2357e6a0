namespace ConnectionReuse.Clients;

/// <summary>Calls made as their pattern wants them: one after the other, each after its pause, or so many at once.</summary>
internal static class Calls
{
    /// <summary>Makes some calls; each response has been read to its end when this ends.</summary>
    /// <param name="caller">Who makes them.</param>
    /// <param name="pattern">Its pattern.</param>
    /// <param name="requests">How many.</param>
    /// <param name="cancellationToken">Ends them.</param>
    /// <exception cref="ExchangeException">An answer is not the expected one.</exception>
    /// <exception cref="HttpRequestException">An exchange broke.</exception>
    public static Task MakeAsync(this ICaller caller, ClientPattern pattern, int requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.InFlight is null)
        {
            return caller.OneAfterAnotherAsync(requests, pattern.Pause, cancellationToken);
        }

        var begun = 0;
        return Task.WhenAll(Enumerable.Range(0, pattern.InFlight.Value).Select(_ => CallOnAsync()));

        async Task CallOnAsync()
        {
            while (Interlocked.Increment(ref begun) <= requests)
            {
                await caller.CallAsync(cancellationToken);
            }
        }
    }

    /// <summary>Makes some calls, one after the other, whatever their pattern.</summary>
    /// <param name="caller">Who makes them.</param>
    /// <param name="requests">How many.</param>
    /// <param name="pause">Before each.</param>
    /// <param name="cancellationToken">Ends them.</param>
    /// <inheritdoc cref="MakeAsync"/>
    public static async Task OneAfterAnotherAsync(this ICaller caller, int requests, TimeSpan pause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        for (var i = 0; i < requests; i++)
        {
            await Task.Delay(pause, cancellationToken);
            await caller.CallAsync(cancellationToken);
        }
    }
}
