using System.Security.Authentication;
using System.Text.Json.Serialization;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Measuring;

/// <summary>What a station is told once, in one line of JSON.</summary>
internal sealed record StationSetup
{
    /// <summary>Whom the calls go to, by the names that rows have for them; a name has no blank in it.</summary>
    public required IReadOnlyDictionary<string, StationTarget> Targets { get; init; }

    /// <summary>The rows whose clients it holds open.</summary>
    public IReadOnlyList<StationRow> Rows { get; init; } = [];

    /// <summary>The file of an assembly of the user's whose guarded clients are rows too; null for none.</summary>
    public string? Patterns { get; init; }

    /// <summary>How it compiles what it will run.</summary>
    public StationWarmUp WarmUp { get; init; } = new();

    /// <summary>The cores for what is not timed; null where the process cannot choose.</summary>
    public byte[]? UntimedCores { get; init; }

    /// <summary>What to break in it, to see that the gate notices; null for nothing.</summary>
    public Mutation? Mutation { get; init; }

    /// <summary>
    /// Targets whose timed calls are listened to, as counted ones are, to see what that costs. Where there are any, the listeners
    /// are switched on and off before every timed block, for the targets that are not among them too.
    /// </summary>
    public IReadOnlyList<string> Listening { get; init; } = [];

    /// <summary>
    /// Whether a call ends with the process that asked for it: where calls take seconds. Somebody must listen for that, which
    /// is no good beside calls of microseconds.
    /// </summary>
    public bool EndsWithParent { get; init; }

    /// <summary>The local targets of a server.</summary>
    public static IReadOnlyDictionary<string, StationTarget> Local(ServerReady server, IEnumerable<string> ids) =>
        ids.Distinct().ToDictionary(id => id, id => new StationTarget(id, server.Targets[id]) { Server = server });
}

/// <summary>One target of a station.</summary>
/// <param name="Id">The target's id.</param>
/// <param name="Url">Where it is.</param>
internal sealed record StationTarget(string Id, Uri Url)
{
    /// <summary>The server that counts, and its authority; null for a real target.</summary>
    public ServerReady? Server { get; init; }

    /// <summary>What each call is, where it is a URL of the user's: it came through the pipe, and goes nowhere else.</summary>
    public OwnRequest? Request { get; init; }

    /// <summary>The User-Agent; null for none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The only TLS version; null for any.</summary>
    public SslProtocols? TlsVersion { get; init; }

    /// <summary>The HTTP version to insist on; null for HTTP/1.1.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>The emulated round trip; zero without a link.</summary>
    public TimeSpan RoundTripTime { get; init; }

    /// <summary>Whom to warm up on, near and without a link; null for the target itself.</summary>
    public StationTarget? WarmUp { get; init; }

    /// <summary>As a client sees it.</summary>
    public Target ToTarget()
    {
        var target = Server?.Target(Id) ?? new Target(Id, Url);
        target = target with { UserAgent = UserAgent, TlsVersion = TlsVersion, HttpVersion = HttpVersion ?? target.HttpVersion };
        return Request?.On(target) ?? target;
    }

    /// <summary>The target that stands in for it while a station warms up.</summary>
    public Target ToWarmUpTarget() => (WarmUp is null ? this : WarmUp with
    {
        UserAgent = UserAgent,
        TlsVersion = TlsVersion,
        HttpVersion = HttpVersion,
        Request = Request is null ? null : OwnRequest.Plain, // whose code is to be compiled too; what is in it is for the URL alone
    }).ToTarget();
}

/// <summary>How a station compiles what it will run, before anybody is timed.</summary>
/// <param name="OpeningCalls">Calls in each step of a client that opens a connection for each.</param>
/// <param name="ReusingCalls">Calls in each step of a client that keeps its connection: cheaper, and what they warm up in the server serves all.</param>
/// <param name="CallsUntilHot">Calls of each client before that: until then the JIT may stand still though nothing is hot yet.</param>
/// <param name="Blocks">Counted blocks without a call: what surrounds a block is compiled in them.</param>
internal sealed record StationWarmUp(int OpeningCalls = 50, int ReusingCalls = 50, int CallsUntilHot = 0, int Blocks = 0);

/// <summary>JSON between the two ends of a station, without reflection; a value is one line.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(StationSetup))]
[JsonSerializable(typeof(CountedBlock))]
[JsonSerializable(typeof(PhaseTimes))]
internal sealed partial class StationJson : JsonSerializerContext;
