namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>How much of the difference is left when bodies are big?</summary>
public class Payloads() : PayloadComparison(nameof(Payloads));
