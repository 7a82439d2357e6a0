using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>How a request gets its client, with the connection count that this implies.</summary>
public abstract class ClientPattern
{
    /// <summary>The name in tables and result files, such as <c>fresh</c>.</summary>
    public abstract string Id { get; }

    /// <summary>The C# that one call runs, as a user would write it.</summary>
    public abstract string Statement { get; }

    /// <summary>Whether the pattern keeps one connection across calls instead of opening one for each.</summary>
    public abstract bool Reuses { get; }

    /// <summary>Whether the pattern differs from the plain one only over TLS, and so has no row over HTTP.</summary>
    public virtual bool TlsOnly => false;

    /// <summary>The pattern over a bare socket that this one is held against, by its id; null where there is none.</summary>
    public virtual string? Floor => null;

    /// <summary>What the requests of one iteration must use and open.</summary>
    /// <param name="requests">Sequential requests in the iteration.</param>
    public ConnectionExpectation Expect(int requests) =>
        Reuses ? new ConnectionExpectation(Carrying: 1, Opened: 0) : new ConnectionExpectation(requests, requests);

    /// <summary>Creates what lives across calls. Opens no connection yet.</summary>
    public abstract ICaller Open(Target target);
}

/// <summary>Makes one call after another in the way of its pattern.</summary>
public interface ICaller : IAsyncDisposable
{
    /// <summary>Sends one request and reads the response to its end.</summary>
    /// <returns>The HTTP version that was spoken.</returns>
    /// <exception cref="ExchangeException">The answer is not the expected one.</exception>
    /// <exception cref="HttpRequestException">The exchange broke.</exception>
    Task<Version> CallAsync(CancellationToken cancellationToken);
}

/// <summary>Connections that an iteration must show; every other count is a deviation.</summary>
/// <param name="Carrying">Distinct connections that carry the requests.</param>
/// <param name="Opened">Connections opened during the iteration.</param>
public sealed record ConnectionExpectation(int Carrying, int Opened);
