namespace ConnectionReuse.Testing.Tests;

/// <summary>Tests of what belongs to no scope: any other test of this process would be counted there too.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
