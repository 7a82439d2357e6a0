using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>Tests that take long and repeat what shorter ones prove: they run when asked for, and once a week.</summary>
internal static class LongTests
{
    private const string Variable = "CONNECTION_REUSE_TESTS";
    private const string Reason = $"takes long, and a shorter test proves the like: {Variable}=all runs it";

    /// <summary>Whether they are asked for; asked by name for a row.</summary>
    public static bool AreAsked => Environment.GetEnvironmentVariable(Variable) == "all";

    /// <summary>A row of a theory that runs when it is asked for.</summary>
    public static TRow Only<TRow>(TRow row)
        where TRow : TheoryDataRowBase
    {
        row.Skip = Reason;
        row.SkipType = typeof(LongTests);
        row.SkipUnless = nameof(AreAsked);
        return row;
    }

    public static void SkipUnlessAsked() => Assert.SkipUnless(AreAsked, Reason);

    /// <summary>A row of a theory, as <see cref="InlineDataAttribute"/> has it, that runs when it is asked for.</summary>
    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    internal sealed class RowAttribute(params object?[] data) : DataAttribute
    {
        public object?[] Data => data;

        public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
            ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([Only(new TheoryDataRow(data))]);

        public override bool SupportsDiscoveryEnumeration() => true;
    }
}
