using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Against WireMock.Net over HTTPS.</summary>
public class WireMockHttps() : HttpsComparison(TargetIds.WireMockHttps);
