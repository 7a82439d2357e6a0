using Xunit;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>Runs of BenchmarkDotNet, one at a time: each has the process's environment and its console.</summary>
[CollectionDefinition(nameof(BenchmarkRuns))]
public sealed class BenchmarkRuns;
