using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>One <see cref="HttpClient"/> for all requests; its pool keeps the connection open between them.</summary>
internal sealed class SharedClient : ClientPattern
{
    /// <inheritdoc/>
    public override string Id => ClientIds.Shared;

    /// <inheritdoc/>
    public override string Statement => "client.GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override string Floor => "floor-shared";

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(target, new HttpClientFactory(target).Create());

    private sealed class Caller(Target target, HttpClient client) : ICaller
    {
        public Task<Version> CallAsync(CancellationToken cancellationToken) =>
            Exchange.GetAsync(client, target, cancellationToken);

        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
