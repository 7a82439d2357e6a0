using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

/// <summary>
/// Tests that count what this process opens. The runtime's events tell of the whole process, so these run alone,
/// after all others, and their servers elsewhere.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountsOfTheProcess : ICollectionFixture<TargetsBeside>
{
    public const string Name = "Counts of the process";
}
