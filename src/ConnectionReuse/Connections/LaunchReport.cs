using System.Text.Json.Serialization;

namespace ConnectionReuse.Connections;

/// <summary>What one launch of a row counted, as its process reports it.</summary>
internal sealed record LaunchReport
{
    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>The client pattern's id.</summary>
    public required string Client { get; init; }

    /// <summary>The timed iterations, in order.</summary>
    public required IReadOnlyList<CountedIteration> Iterations { get; init; }

    /// <summary>The process's first call, in seconds; null where it was not timed.</summary>
    public double? FirstCallSeconds { get; init; }

    /// <summary>Untimed iterations that came before.</summary>
    public int WarmupIterations { get; init; }

    /// <summary>Whether the JIT still compiled when the warm-up reached its cap.</summary>
    public bool WarmupCapped { get; init; }

    /// <summary>Requests that failed; the first ends the launch.</summary>
    public int Failures { get; init; }

    /// <summary>Why it failed, in one line; null when it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>Sockets that were still open when the last call had ended; null where the client closes its own.</summary>
    public int? SocketsLeft { get; init; }

    /// <summary>Connections that the client's pool opened since its first call, warm-up included; null where calls follow one another.</summary>
    public long? PoolOpened { get; init; }

    /// <summary>The HTTP version spoken, such as <c>1.1</c>.</summary>
    public string? HttpVersion { get; init; }

    /// <summary>The TLS version spoken, such as <c>1.3</c>; null without TLS.</summary>
    public string? TlsProtocol { get; init; }
}

/// <summary>JSON of the report, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LaunchReport))]
internal sealed partial class LaunchJson : JsonSerializerContext;
