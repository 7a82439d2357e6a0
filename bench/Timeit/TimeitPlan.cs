using System.Security.Authentication;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>What <c>timeit</c> will do, made once from its options.</summary>
internal sealed record TimeitPlan
{
    // Calls of a step of the warm-up: a reusing client's are ten times cheaper, and what they warm up in the server serves all.
    private const int OpeningCalls = 20;
    private const int ReusingCalls = 200;

    private const int WarmUpBlocks = 3; // what surrounds a block is not called so often that it is compiled again

    private const int NearReusingBlocks = 6;

    /// <summary>What is called.</summary>
    public required IReadOnlyList<TimeitTarget> Targets { get; init; }

    /// <summary>Servers without a link or a network, to warm up on.</summary>
    public required ServerReady WarmUp { get; init; }

    /// <summary>Requests of a block.</summary>
    public required int Requests { get; init; }

    /// <summary>Turns of each client pattern in each set.</summary>
    public required int Repeat { get; init; }

    /// <summary>Sets of processes, one process each, that all live at the same time.</summary>
    public int Sets { get; init; } = 1;

    /// <summary>Decides the order of the turns.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether the connect of a reusing client is timed with its first block; then the turns, not the sets, are the unit of an interval.</summary>
    public bool ConnectIsTimed { get; init; }

    /// <summary>
    /// Whether each process's first call is one to the first URL of somebody else's, and timed: a server of ours is as cold as its
    /// client then, and nobody else's is.
    /// </summary>
    public bool FirstCalls { get; init; }

    /// <summary>Whether it is told where a call's time goes.</summary>
    public bool Phases { get; init; }

    /// <summary>Turns of each client pattern.</summary>
    public int Turns => Sets * Repeat;

    /// <summary>
    /// Blocks in a turn: several where one takes 10 ms, or what disturbs the machine for some milliseconds moves the ratio. Where the
    /// connect is timed there is one of it.
    /// </summary>
    public int BlocksOfATurn(TimeitTarget target, ClientPattern pattern) => target.IsNear && pattern.Reuses && !ConnectIsTimed ? NearReusingBlocks : 1;

    /// <summary>
    /// Untimed calls before each block, because the caches are another client's; over a network one, to open again what the
    /// other end may have closed while others were timed.
    /// </summary>
    public int LeadOf(TimeitTarget target) => ConnectIsTimed ? 0 : target.IsNear ? LeadIn.Of(Requests) : 1;

    /// <summary>
    /// Connections that the warm-up may open towards a target: a guess on the high side, because it lasts until the JIT stands still.
    /// </summary>
    public int WarmUpConnections => Sets * JitWarmup.Cap * OpeningCalls;

    /// <summary>Connections that a turn of a client pattern opens towards a target.</summary>
    public int ConnectionsOfATurn(TimeitTarget target, ClientPattern pattern) =>
        pattern.Reuses ? 1 : BlocksOfATurn(target, pattern) * (LeadOf(target) + Requests);

    /// <summary>What each station is told.</summary>
    internal StationSetup Setup(byte[]? untimedCores) => new()
    {
        Targets = Targets.Where(target => target.Rows.Any()).ToDictionary(target => target.Name, target => target.ToStation(WarmUp)),
        Rows = [.. Targets.SelectMany(target => target.Rows)],
        WarmUp = new StationWarmUp(OpeningCalls, ReusingCalls, RuntimeSettings.CallsUntilHot, WarmUpBlocks),
        UntimedCores = untimedCores,
        EndsWithParent = true,
    };
}

/// <summary>One target of the plan.</summary>
/// <param name="Id">The target's id.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Clients">The client patterns, by their ids.</param>
/// <param name="WarmUpId">The local target to warm up on.</param>
internal sealed record TimeitTarget(string Id, Uri Url, IReadOnlyList<string> Clients, string WarmUpId)
{
    /// <summary>The servers that count, and their authority; null for a real target.</summary>
    public ServerReady? Server { get; init; }

    /// <summary>What each call is, where it is a URL of the user's.</summary>
    public OwnRequest? Request { get; init; }

    /// <summary>The User-Agent; null for none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The only TLS version; null for any.</summary>
    public SslProtocols? TlsVersion { get; init; }

    /// <summary>The HTTP version to insist on; null for HTTP/1.1.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>The emulated round trip; zero without a link.</summary>
    public TimeSpan RoundTripTime { get; init; }

    /// <summary>How far a server is that was started apart; null for those that the run started, and for a real target.</summary>
    public RoundTrip? Network { get; init; }

    /// <summary>Whether no network lies before it that tells, neither a real nor an emulated one.</summary>
    public bool IsNear => Server is not null && RoundTripTime == TimeSpan.Zero && Network is not { IsFar: true };

    /// <summary>What stations call it: real targets share an id.</summary>
    internal string Name => Server is null ? PublicUrl.Of(Url) : Id;

    /// <summary>The addresses of its name that each connection tries in vain, before the one that answers.</summary>
    public IReadOnlyList<FirstTry> FirstTries { get; init; } = [];

    /// <summary>The client patterns among them that cannot call it, each with its reason.</summary>
    public IReadOnlyDictionary<string, string> Unsupported { get; init; } = new Dictionary<string, string>();

    /// <summary>Its rows, of the patterns that can call it.</summary>
    internal IEnumerable<StationRow> Rows => Clients.Where(client => !Unsupported.ContainsKey(client)).Select(client => new StationRow(Name, client));

    internal StationTarget ToStation(ServerReady warmUp) => new(Id, Url)
    {
        Server = Server,
        Request = Request,
        UserAgent = UserAgent,
        TlsVersion = TlsVersion,
        HttpVersion = HttpVersion,
        RoundTripTime = RoundTripTime,
        WarmUp = IsNear ? null : new StationTarget(WarmUpId, warmUp.Targets[WarmUpId]) { Server = warmUp },
    };
}

/// <summary>Something that happened while a plan was carried out.</summary>
internal sealed record TimeitEvent
{
    /// <summary>The target, by its place in the plan.</summary>
    public required int Target { get; init; }

    /// <summary>The client pattern's id; null where all of the target's are meant.</summary>
    public string? Client { get; init; }

    /// <summary>All processes are warm for the target.</summary>
    public bool Warm { get; init; }

    /// <summary>The unit of the interval that a block belongs to, from 1: its set; where the connect is timed, its turn.</summary>
    public int Round { get; init; }

    /// <summary>A block begins or has ended: the turn of its client in its set, from 1; 0 where no block is meant.</summary>
    public int Turn { get; init; }

    /// <summary>How much of a turn begins: less than all of it where turns are cut into pieces.</summary>
    public double Share { get; init; } = 1;

    /// <summary>What the first call of the process took; null where no such call is meant.</summary>
    public double? FirstCallSeconds { get; init; }

    /// <summary>What the block took; null where it only begins, or failed.</summary>
    public double? Seconds { get; init; }

    /// <summary>The requests after which the server closes, where connections of the block were opened again, untimed, because of it; null else.</summary>
    public int? Cap { get; init; }

    /// <summary>What the block counted; null where it only begins.</summary>
    public LaunchReport? Report { get; init; }

    /// <summary>Where a call's time went; null where that is not told.</summary>
    public PhaseTimes? Phases { get; init; }

    /// <summary>Why it is not told where a call's time went; null where it is.</summary>
    public string? NoPhases { get; init; }

    /// <summary>Why the target does not answer at all, or not as asked; null when it does.</summary>
    public string? Unreachable { get; init; }
}
