using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Against WireMock.Net over HTTP.</summary>
public class WireMockHttp() : HttpComparison(TargetIds.WireMockHttp)
{
    /// <inheritdoc/>
    public override string? Unsupported(ClientPattern pattern) => OpenFiles.TooFewToServe(TargetId);
}
