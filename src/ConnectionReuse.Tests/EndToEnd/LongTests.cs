using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>Tests that take half a minute each and repeat what shorter ones prove: they run when asked for.</summary>
internal static class LongTests
{
    private const string Variable = "CONNECTION_REUSE_TESTS";

    public static void SkipUnlessAsked() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Variable) == "all", $"takes half a minute: {Variable}=all runs it");
}
