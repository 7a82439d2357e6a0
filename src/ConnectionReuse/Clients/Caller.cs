namespace ConnectionReuse.Clients;

/// <summary>A caller out of what one call does and what lives across calls.</summary>
/// <param name="call">One request and its whole response.</param>
/// <param name="owned">What ends with the caller.</param>
internal sealed class Caller(Func<CancellationToken, Task<Version>> call, params IDisposable[] owned) : ICaller
{
    public Task<Version> CallAsync(CancellationToken cancellationToken) => call(cancellationToken);

    public ValueTask DisposeAsync()
    {
        foreach (var disposable in owned)
        {
            disposable.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
