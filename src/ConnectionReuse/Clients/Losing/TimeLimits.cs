using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Losing;

/// <summary>Calls that are further apart than the client keeps an idle connection.</summary>
internal sealed class ClientIdleTimeout : LosingPattern
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public override string Id => "client-idle-timeout";

    /// <inheritdoc/>
    public override string Statement => "PooledConnectionIdleTimeout = 100 ms; Delay(2.5 s); client.GetAsync(url)";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.ClientIdleTimeout);

    // The pool looks for idle connections once in a quarter of the time-out, but at most once a second.
    /// <inheritdoc/>
    public override TimeSpan Pause => TimeSpan.FromSeconds(2.5);

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => Math.Min(asked, 2);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => OpenShared(
        target,
        handler => handler.PooledConnectionIdleTimeout = IdleTimeout,
        (client, cancellationToken) => Exchange.GetAsync(client, target, cancellationToken));
}

/// <summary>Calls that are further apart than the server keeps an idle connection.</summary>
internal sealed class ServerIdleTimeout : LosingPattern
{
    /// <inheritdoc/>
    public override string Id => "server-idle-timeout";

    /// <inheritdoc/>
    public override string Statement => "Delay(250 ms); client.GetAsync(url) // the server closes after 50 ms";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.IdleLimit);

    /// <inheritdoc/>
    public override TimeSpan Pause => 5 * LosingPaths.IdleLimit;

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => Math.Min(asked, 10);

    /// <inheritdoc/>
    public override bool OwnServersOnly => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => OpenShared(target, LosingPaths.Idle);
}

/// <summary>Connections that the client retires by age sooner than the next call comes.</summary>
internal sealed class ShortConnectionLifetime : LosingPattern
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public override string Id => "short-connection-lifetime";

    /// <inheritdoc/>
    public override string Statement => "PooledConnectionLifetime = 50 ms; Delay(150 ms); client.GetAsync(url)";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.ClientLifetime);

    /// <inheritdoc/>
    public override TimeSpan Pause => 3 * Lifetime;

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => Math.Min(asked, 10);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => OpenShared(
        target,
        handler => handler.PooledConnectionLifetime = Lifetime,
        (client, cancellationToken) => Exchange.GetAsync(client, target, cancellationToken));
}
