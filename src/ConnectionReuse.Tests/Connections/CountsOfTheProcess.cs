using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

/// <summary>
/// Tests that count what this process opens. The runtime's events tell of the whole process, so these run alone,
/// after all others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountsOfTheProcess : ICollectionFixture<LocalTargets>
{
    public const string Name = "Counts of the process";
}
