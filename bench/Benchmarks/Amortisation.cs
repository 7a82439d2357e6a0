using ConnectionReuse.Clients;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>After how many requests has a client paid for its connection? Beside one that never has to pay again.</summary>
public class Amortisation() : PatternComparison<PerClient>(AmortisationTable.Class, TargetIds.KestrelHttps, ClientIds.Shared);
