using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class PassedOnTests
{
    [Fact]
    public void Variables_are_added_to_those_of_the_suite() => Assert.Equal(
        [.. RuntimeSettings.Words(PassedOn.Nothing), "DOTNET_gcServer=1", "A=b:c"],
        RuntimeSettings.Words(PassedOn.Parse(["DOTNET_gcServer:1", "A:b:c"])));

    [Fact]
    public void A_variable_takes_the_place_of_the_one_of_the_suite_with_its_name()
    {
        var words = RuntimeSettings.Words(PassedOn.Parse(["DOTNET_TieredPGO:1"]));

        Assert.Equal("DOTNET_TieredPGO=1", Assert.Single(words, word => word.StartsWith("DOTNET_TieredPGO=", StringComparison.Ordinal)));
        Assert.Equal(RuntimeSettings.OfEveryProcess.Count, words.Count);
    }

    [Fact]
    public void A_process_gets_them_over_what_it_has()
    {
        var start = new ProcessStartInfo("x") { Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_HillClimbing_Disable"] = "1" } };

        PassedOn.Parse(["DOTNET_TieredPGO:1"]).To(start);

        Assert.Equal(("1", "1"), (start.Environment["DOTNET_TieredPGO"], start.Environment["DOTNET_HillClimbing_Disable"]));
    }

    [Theory]
    [InlineData("A", "--envVars A: NAME:VALUE is needed")]
    [InlineData("A=b", "--envVars A=b: NAME:VALUE is needed")]
    [InlineData(":b", "--envVars :b: NAME:VALUE is needed")]
    [InlineData("A:", "--envVars A:: NAME:VALUE is needed")]
    [Fault("`--envVars {0}`", "{1}; exit 2")]
    public void What_is_no_pair_is_named(string given, string message) =>
        Assert.Equal((ExitCode.WrongUse, message), Complaint([given]));

    [Fact]
    public void What_is_given_twice_is_named() =>
        Assert.Equal((ExitCode.WrongUse, "--envVars A is given twice"), Complaint(["A:1", "A:2"]));

    private static (ExitCode, string) Complaint(string[] given)
    {
        var error = Assert.Throws<UserException>(() => PassedOn.Parse(given));
        return (error.ExitCode, error.Message);
    }
}
