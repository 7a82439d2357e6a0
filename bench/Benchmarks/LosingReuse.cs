using ConnectionReuse.Clients.Losing;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>In which ways does a shared client silently lose its connections? Beside one that loses nothing.</summary>
public class LosingReuse() : PatternComparison<LosingPattern>(DiagnosisTable.Class, TargetIds.KestrelHttp, ClientIds.Shared);
