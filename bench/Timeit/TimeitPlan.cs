using System.Security.Authentication;
using System.Text.Json.Serialization;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>What the process that makes the calls is told, in one line of its standard input.</summary>
public sealed record TimeitPlan
{
    /// <summary>What is called.</summary>
    public required IReadOnlyList<TimeitTarget> Targets { get; init; }

    /// <summary>Servers without a link, to warm up on.</summary>
    public required ServerReady WarmUp { get; init; }

    /// <summary>Requests of a block.</summary>
    public required int Requests { get; init; }

    /// <summary>Blocks of each client pattern.</summary>
    public required int Repeat { get; init; }

    /// <summary>Decides the order of the blocks within each round.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether the connect of a reusing client is timed with its first block.</summary>
    public bool ConnectIsTimed { get; init; }

    /// <summary>Whether it is told where a call's time goes.</summary>
    public bool Phases { get; init; }

    /// <summary>The cores for what is not timed; null where the process cannot choose.</summary>
    public byte[]? UntimedCores { get; init; }
}

/// <summary>One target of the plan.</summary>
/// <param name="Id">The target's id.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Clients">The client patterns, by their ids.</param>
/// <param name="WarmUpId">The local target to warm up on.</param>
public sealed record TimeitTarget(string Id, Uri Url, IReadOnlyList<string> Clients, string WarmUpId)
{
    /// <summary>The servers that count, and their authority; null for a real target.</summary>
    public ServerReady? Server { get; init; }

    /// <summary>The User-Agent; null for none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The only TLS version; null for any.</summary>
    public SslProtocols? TlsVersion { get; init; }

    /// <summary>The HTTP version to insist on; null for HTTP/1.1.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>The emulated round trip; zero without a link.</summary>
    public TimeSpan RoundTripTime { get; init; }
}

/// <summary>What that process tells back, a line each.</summary>
public sealed record TimeitEvent
{
    /// <summary>The target, by its place in the plan.</summary>
    public required int Target { get; init; }

    /// <summary>The client pattern's id; null where all of the target's are meant.</summary>
    public string? Client { get; init; }

    /// <summary>A block begins or has ended: its round, from 1; 0 where no block is meant.</summary>
    public int Round { get; init; }

    /// <summary>What the block took; null where it only begins, or failed.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the block proved; null where it only begins.</summary>
    public LaunchReport? Report { get; init; }

    /// <summary>Where a call's time went; null where that is not told.</summary>
    public PhaseTimes? Phases { get; init; }

    /// <summary>Why it is not told where a call's time went; null where it is.</summary>
    public string? NoPhases { get; init; }

    /// <summary>Why the target does not answer at all; null when it does.</summary>
    public string? Unreachable { get; init; }
}

/// <summary>JSON of plan and events, without reflection; a value is one line.</summary>
[JsonSerializable(typeof(TimeitPlan))]
[JsonSerializable(typeof(TimeitEvent))]
internal sealed partial class TimeitJson : JsonSerializerContext;
