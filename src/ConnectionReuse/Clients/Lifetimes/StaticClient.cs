using System.Collections.Concurrent;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>The <see cref="HttpClient"/> of a static field: it lives as long as the process, whoever calls.</summary>
internal sealed class StaticClient : LifetimePattern
{
    // One for each target, because a process may have several.
    private static readonly ConcurrentDictionary<Uri, HttpClient> Clients = new();

    /// <inheritdoc/>
    public override string Id => "static";

    /// <inheritdoc/>
    public override string Statement => "s_client.GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var client = Clients.GetOrAdd(target.Uri, _ => new HttpClientFactory(target).Create());
        return new Caller(cancellationToken => Exchange.GetAsync(client, target, cancellationToken));
    }
}
