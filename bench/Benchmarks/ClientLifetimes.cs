using ConnectionReuse.Clients.Lifetimes;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Which of the ways in which .NET code gets its client keeps the connection?</summary>
public class ClientLifetimes() : PatternComparison<LifetimePattern>(nameof(ClientLifetimes), TargetIds.KestrelHttps, ClientIds.Fresh, ClientIds.Shared);

/// <summary>The same question for gRPC, over HTTP/2 without TLS.</summary>
public class ClientLifetimesGrpc() : PatternComparison<LifetimePattern>(nameof(ClientLifetimes), TargetIds.KestrelH2c);
