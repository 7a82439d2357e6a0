using ConnectionReuse.Bench.Gate;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class PublishCommandLineTests
{
    [Fact]
    public void A_build_leaves_no_processes_behind_and_takes_no_properties_from_the_environment()
    {
        const string Property = "PLATFORM";
        var before = Environment.GetEnvironmentVariable(Property);
        Environment.SetEnvironmentVariable(Property, "x64");
        try
        {
            var start = PublishCommandLine.Of("tree", "folder");

            Assert.DoesNotContain(start.Environment.Keys, name => name.Equals(Property, StringComparison.OrdinalIgnoreCase));
            Assert.Equal("1", start.Environment["MSBUILDDISABLENODEREUSE"]);
            Assert.Equal(Environment.GetEnvironmentVariable("UseSharedCompilation") ?? "false", start.Environment["UseSharedCompilation"]);
            Assert.Equal(Environment.GetEnvironmentVariable("PATH"), start.Environment["PATH"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Property, before);
        }
    }
}
