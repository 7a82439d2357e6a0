using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Against WireMock.Net over HTTP.</summary>
public class WireMockHttp() : HttpComparison(TargetIds.WireMockHttp);
