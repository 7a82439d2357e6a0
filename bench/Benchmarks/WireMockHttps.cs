using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Against WireMock.Net over HTTPS.</summary>
public class WireMockHttps() : HttpsComparison(TargetIds.WireMockHttps)
{
    /// <inheritdoc/>
    public override string? Unsupported(ClientPattern pattern) => OpenFiles.TooFewToServe(TargetId);
}
