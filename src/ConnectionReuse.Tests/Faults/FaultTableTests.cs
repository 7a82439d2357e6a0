using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Faults;

public sealed class FaultTableTests
{
    private const int Kinds = 100;

    [Fact]
    public void The_page_is_drawn_from_the_tests() => Golden.Holds("../../../../results/faults/README.md", FaultTable.Render());

    [Fact]
    public void A_fault_is_told_once_and_there_are_a_hundred_at_least()
    {
        Assert.Equal(FaultTable.Lines.Distinct().Count(), FaultTable.Lines.Count);
        Assert.True(FaultTable.Lines.Count >= Kinds, $"{FaultTable.Lines.Count}");
    }

    [Fact]
    public void A_marked_method_is_a_test() => Assert.All(
        typeof(FaultTable).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FaultAttribute), inherit: false)),
        method => Assert.True(method.IsDefined(typeof(FactAttribute), inherit: true), method.Name));
}
