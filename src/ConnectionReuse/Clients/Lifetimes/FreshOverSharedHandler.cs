using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>A new <see cref="HttpClient"/> for each request over one handler that outlives them: the handler holds the pool.</summary>
internal sealed class FreshOverSharedHandler : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "fresh-over-shared-handler";

    /// <inheritdoc/>
    public override string Statement => "new HttpClient(handler, disposeHandler: false).GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var clients = new HttpClientFactory(target);
        var handler = clients.Handler();
        return new Caller(CallAsync, handler);

        async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            using var client = clients.Create(handler, disposeHandler: false);
            return await Exchange.GetAsync(client, target, cancellationToken);
        }
    }
}
