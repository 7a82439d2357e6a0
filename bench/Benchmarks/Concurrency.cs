using ConnectionReuse.Clients.Concurrency;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What becomes of many requests at once?</summary>
public class Concurrency() : PatternComparison<AtOnce>(ConcurrencyTable.Question, TargetIds.KestrelHttps);
