using ConnectionReuse.Results;
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

    /// <summary>Whether each of its TLS handshakes is a full one; else a connection after the first resumes its session.</summary>
    public virtual bool FullHandshakes => false;

    /// <summary>The pattern over a bare socket that this one is held against, by its id; null where there is none.</summary>
    public virtual string? Floor => null;

    /// <summary>The reusing pattern that an opening one is held against, by its id; null for a reusing one, and where waiting is part of the time.</summary>
    public virtual string? Reference => Reuses || Pause > TimeSpan.Zero ? null : ClientIds.Shared;

    /// <summary>What to use instead, in one line, where the pattern is a mistake; null where it is none.</summary>
    public virtual string? Advice => null;

    /// <summary>Requests that are in flight at once, each timed by itself; null where one follows the other.</summary>
    public virtual int? InFlight => null;

    /// <summary>Requests that each client makes before the next one is created; null where that is not what the pattern is about.</summary>
    public virtual int? RequestsPerClient => null;

    /// <summary>Whether the pattern leaves its sockets open, so that they are to be counted when it has ended.</summary>
    public virtual bool LeavesSockets => false;

    /// <summary>The local targets whose answers the pattern can do with.</summary>
    public virtual IReadOnlyList<string> Targets => TargetIds.Local;

    /// <summary>Whether it calls paths or services that only the suite's own servers have.</summary>
    public virtual bool OwnServersOnly => false;

    /// <summary>The wait before each call, longer than the time limit that the pattern is about; zero for all others.</summary>
    public virtual TimeSpan Pause => TimeSpan.Zero;

    /// <summary>Untimed calls after which the next iteration finds what every later one finds.</summary>
    public virtual int PrimingCalls => 1;

    /// <summary>The requests of an iteration, where the pattern cannot do with just as many as asked for.</summary>
    /// <param name="asked">So many are asked for.</param>
    public virtual int RequestsFor(int asked) => asked;

    /// <summary>Why the pattern cannot make its calls to a URL of the user's; null where it can.</summary>
    /// <param name="httpVersion">The HTTP version that is insisted on; null for HTTP/1.1.</param>
    public virtual string? NotElsewhere(Version? httpVersion) => OwnServersOnly ? "it calls a path or a service that only the suite's own servers have" : null;

    /// <summary>What the requests of one iteration must use and open.</summary>
    /// <param name="requests">Requests in the iteration, as <see cref="RequestsFor"/> tells.</param>
    public virtual ConnectionExpectation Expect(int requests) =>
        Reuses ? new ConnectionExpectation(Carrying: 1, Opened: 0) : new ConnectionExpectation(requests, requests);

    /// <summary>What the pattern says of itself, as a result file keeps it.</summary>
    /// <param name="requests">Requests in the iteration, as <see cref="RequestsFor"/> tells.</param>
    public Declaration Declare(int requests) => new()
    {
        Statement = Statement,
        Reuses = Reuses,
        OpensFullHandshakes = FullHandshakes,
        IsFloor = ClientPatterns.All.Values.Any(pattern => pattern.Floor == Id),
        Expected = Expect(requests),
        Remedy = Advice,
        Floor = Floor,
        Reference = Reference,
        RequestsPerClient = RequestsPerClient,
        InFlight = InFlight,
        PauseSeconds = Pause.TotalSeconds,
    };

    /// <summary>Why the pattern cannot make a request of the user's; null where it can.</summary>
    public virtual string? Unable(OwnRequest request) => null;

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
