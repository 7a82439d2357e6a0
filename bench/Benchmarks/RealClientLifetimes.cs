using BenchmarkDotNet.Attributes;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Lifetimes;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Which of the ways in which .NET code gets its client keeps the connection to a URL of the user's?</summary>
public class RealClientLifetimes() : PatternComparison<LifetimePattern>(nameof(RealClientLifetimes), TargetIds.Real, ClientIds.Fresh, ClientIds.Shared)
{
    /// <summary>The URL, without user info and query.</summary>
    [ParamsSource(nameof(Urls))]
    public string Url { get; set; } = string.Empty;

    /// <summary>The URLs of this run.</summary>
    public static IEnumerable<string> Urls => RealHttps.Urls;

    // No filter for a client asks for somebody else's server.
    /// <inheritdoc/>
    public override IEnumerable<string> OwnClients => [];

    /// <inheritdoc/>
    public override string? Unsupported(ClientPattern pattern) =>
        (InsistsOn is { Major: 3 } ? Quic.Unsupported : null) ?? NamedClients.Uncounted(pattern, InsistsOn, RunContext.Load().Request);

    /// <inheritdoc/>
    protected override IEnumerable<string> Compared => RunContext.Load().Clients is { Count: > 0 } asked ? asked.Except(Beside) : NamedClients.Lifetimes;

    /// <inheritdoc/>
    protected override string TargetUrl => Url;
}
