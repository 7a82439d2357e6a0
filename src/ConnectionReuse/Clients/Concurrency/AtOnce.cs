using System.Globalization;
using System.Net;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Concurrency;

/// <summary>One shared client, so many requests in flight at any time: a row of <c>Concurrency</c>.</summary>
/// <param name="name">What the pool may do.</param>
/// <param name="inFlight">Requests at once.</param>
internal abstract class AtOnce(string name, int inFlight) : ClientPattern
{
    // Enough that the beginning and the end, when fewer are in flight, are a small part.
    private const int RequestsOfEach = 8;

    /// <inheritdoc/>
    public override string Id => $"{name}-in-flight-{inFlight.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public override string Statement => $"{inFlight} x {OneCall}";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override int? InFlight => inFlight;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [TargetIds.KestrelHttps];

    /// <summary>The most connections that the pool is to open.</summary>
    protected abstract int Connections { get; }

    /// <summary>What <see cref="SocketsHttpHandler.MaxConnectionsPerServer"/> says; null where it keeps its default, which is no bound.</summary>
    protected virtual int? Limit => null;

    /// <summary>The call, as a user would write it.</summary>
    protected virtual string OneCall => "client.GetAsync(url)";

    /// <summary>The HTTP version to insist on.</summary>
    protected virtual Version Version => HttpVersion.Version11;

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => Math.Max(asked, RequestsOfEach * inFlight);

    /// <inheritdoc/>
    public override ConnectionExpectation Expect(int requests) => new(Connections, Connections - 1, AtMost: true);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var there = target with { HttpVersion = Version };
        var clients = new HttpClientFactory(there);
        var handler = clients.Handler();
        handler.MaxConnectionsPerServer = Limit ?? handler.MaxConnectionsPerServer;
        var client = clients.Create(handler, disposeHandler: true);
        return new Caller(cancellationToken => Exchange.GetAsync(client, there, cancellationToken), client);
    }
}

/// <summary>
/// HTTP/1.1 without a bound: the pool begins a connection for each request that finds none idle, and before it is open
/// another one may have become free and taken the request. 68 and 268 were opened for 64 and 256 in flight, so twice as
/// many are declared as the most.
/// </summary>
/// <param name="inFlight">Requests at once.</param>
internal abstract class Unbounded(int inFlight) : AtOnce("http-1", inFlight)
{
    /// <inheritdoc/>
    protected override int Connections => InFlight!.Value == 1 ? 1 : 2 * InFlight.Value;
}

/// <summary>HTTP/1.1 with <see cref="SocketsHttpHandler.MaxConnectionsPerServer"/> 4: the other requests wait in the client.</summary>
/// <param name="inFlight">Requests at once.</param>
internal abstract class Bounded(int inFlight) : AtOnce("http-1-bounded", inFlight)
{
    private const int Bound = 4;

    /// <inheritdoc/>
    protected override string OneCall => $"client.GetAsync(url) // MaxConnectionsPerServer = {Bound}";

    /// <inheritdoc/>
    protected override int Connections => Math.Min(Bound, InFlight!.Value);

    /// <inheritdoc/>
    protected override int? Limit => Bound;
}

/// <summary>HTTP/2: one connection for all.</summary>
/// <param name="inFlight">Requests at once.</param>
internal abstract class Multiplexed(int inFlight) : AtOnce("http-2", inFlight)
{
    /// <inheritdoc/>
    protected override string OneCall => "client.GetAsync(url) // HTTP/2";

    /// <inheritdoc/>
    protected override Version Version => HttpVersion.Version20;

    /// <inheritdoc/>
    protected override int Connections => 1;
}
