using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>A URL of the user's, by default the site of the documented measurement.</summary>
public class RealHttps() : HttpsComparison(TargetIds.Real)
{
    /// <summary>The URL, without user info and query.</summary>
    [ParamsSource(nameof(Urls))]
    public string Url { get; set; } = string.Empty;

    /// <summary>The URLs of this run.</summary>
    public static IEnumerable<string> Urls => RunContext.Load().RealUrls.Select(PublicUrl.Of);

    /// <inheritdoc/>
    public override string? Unsupported(ClientPattern pattern) => InsistsOn is { Major: 3 } ? Quic.Unsupported : null;

    /// <inheritdoc/>
    protected override string TargetUrl => Url;
}
