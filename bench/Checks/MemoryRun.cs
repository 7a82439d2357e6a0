using ConnectionReuse.Memory;

namespace ConnectionReuse.Bench.Checks;

/// <summary>A run of requests to one target, looked at after more and more of them.</summary>
/// <param name="TargetId">Whom they went to.</param>
/// <param name="WarmupRequests">Requests that came before the first one counted.</param>
/// <param name="Samples">The looks, in order; the last one after all requests.</param>
/// <param name="ServerRequests">Requests that the server counted, the warm-up's left out.</param>
/// <param name="OtherBlocks">Blocks of requests that did not go over the one open connection alone, counted at both ends.</param>
internal sealed record MemoryRun(string TargetId, int WarmupRequests, IReadOnlyList<MemorySample> Samples, long ServerRequests, int OtherBlocks);

/// <summary>What both ends held after so many requests, and how long a request took.</summary>
/// <param name="Requests">Requests so far.</param>
/// <param name="RequestSeconds">The time of a request: the median over the blocks of the last tenth of them.</param>
/// <param name="Client">The client's process.</param>
/// <param name="Server">The server's process.</param>
internal sealed record MemorySample(int Requests, double RequestSeconds, ProcessMemory Client, ProcessMemory Server);
