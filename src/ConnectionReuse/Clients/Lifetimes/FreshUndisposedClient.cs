using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>A new <see cref="HttpClient"/> for each request, left to the garbage collector with its open socket.</summary>
internal sealed class FreshUndisposedClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "fresh-undisposed";

    /// <inheritdoc/>
    public override string Statement => "new HttpClient().GetAsync(url) // no using";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Advice => "keep one static HttpClient; each of these leaves its socket open until a garbage collection or the server's time-out";

    /// <inheritdoc/>
    public override bool LeavesSockets => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var clients = new HttpClientFactory(target);
        return new Caller(cancellationToken => Exchange.GetAsync(clients.Create(), target, cancellationToken));
    }
}
