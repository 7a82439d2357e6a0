using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class CleanEnvironmentTests
{
    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("LANG")]
    [InlineData("SSL_CERT_FILE")] // whom a real target's client trusts
    [InlineData("CONNECTION_REUSE_RUN")]
    [InlineData("DOTNET_ROOT")]
    [InlineData("DOTNET_ROOT_X64")]
    [InlineData("DOTNET_ROOT(x86)")]
    [InlineData("DOTNET_HOST_PATH")]
    [InlineData("DOTNET_CLI_HOME")]
    [InlineData("DOTNET_CLI_TELEMETRY_OPTOUT")]
    [InlineData("DOTNET_NOLOGO")]
    [InlineData("DOTNET_ROLL_FORWARD")]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER")]
    public void What_finds_the_runtime_or_is_nobody_s_who_measures_is_inherited(string name)
    {
        Assert.True(CleanEnvironment.IsInherited(name));
        Assert.Empty(CleanEnvironment.Changing(Only(name)));
    }

    [Theory]
    [InlineData("DOTNET_TieredCompilation")]
    [InlineData("DOTNET_ReadyToRun")]
    [InlineData("DOTNET_gcServer")]
    [InlineData("DOTNET_GCHeapHardLimit")]
    [InlineData("DOTNET_STARTUP_HOOKS")]
    [InlineData("COMPlus_TieredCompilation")]
    [InlineData("COMPLUS_gcServer")]
    [InlineData("CORECLR_ENABLE_PROFILING")]
    [InlineData("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES")]
    [InlineData("Kestrel__Limits__MaxRequestHeaderCount")]
    [InlineData("KESTREL__LIMITS__MAXREQUESTHEADERCOUNT")]
    [InlineData("Kestrel:Limits:MaxRequestHeaderCount")]
    [InlineData("Logging__LogLevel__Default")]
    [InlineData("DOTNET_SYSTEM_NET_SECURITY_DISABLETLSRESUME")]
    [InlineData("DOTNET_SYSTEM_NET_HTTP_SOCKETSHTTPHANDLER_HTTP2SUPPORT")]
    [InlineData("OPENSSL_ia32cap")]
    [Fault("{0} in the environment", "removed, and said so")]
    public void What_would_change_the_result_is_removed_and_told(string name)
    {
        Assert.False(CleanEnvironment.IsInherited(name));
        Assert.Equal([name], CleanEnvironment.Changing(Only(name)));
    }

    [Theory]
    [InlineData("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT")]
    [InlineData("DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY")]
    [InlineData("ASPNETCORE_HTTP_PORTS")] // which images of containers set
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("DOTNET_ENVIRONMENT")]
    [Fault("{0} in the environment", "removed: the suite decides it")]
    public void What_the_suite_decides_itself_is_removed_without_a_word(string name)
    {
        Assert.False(CleanEnvironment.IsInherited(name));
        Assert.Empty(CleanEnvironment.Changing(Only(name)));
    }

    [Fact]
    public void A_variable_that_says_what_the_suite_says_is_not_worth_a_word()
    {
        Assert.Empty(CleanEnvironment.Changing(new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0" }));
        Assert.Equal(["DOTNET_TieredPGO"], CleanEnvironment.Changing(new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "1" }));
    }

    [Fact]
    public void Several_are_told_in_their_order() => Assert.Equal(
        ["COMPlus_ReadyToRun", "DOTNET_gcServer", "Kestrel__Limits__MaxRequestHeaderCount"],
        CleanEnvironment.Changing(new Dictionary<string, string> { ["Kestrel__Limits__MaxRequestHeaderCount"] = "1", ["PATH"] = "x", ["DOTNET_gcServer"] = "1", ["COMPlus_ReadyToRun"] = "0" }));

    [Theory]
    [InlineData("DOTNET_gcServer", false, true, "DOTNET_gcServer is not passed on: it would change what is measured; use --envVars to do so deliberately")]
    [InlineData("DOTNET_gcServer", false, false, "DOTNET_gcServer is not passed on: it would change what is measured")]
    [InlineData("DOTNET_gcServer", true, false, "DOTNET_gcServer holds for this process, which was started with it, and changes what is measured: unset it")]
    [InlineData("Kestrel__Limits__MaxRequestHeaderCount", true, false, "Kestrel__Limits__MaxRequestHeaderCount is not passed on: it would change what is measured")]
    public void It_is_said_what_became_of_it(string name, bool withinThisProcess, bool canBePassedOn, string words) =>
        Assert.Equal(words, CleanEnvironment.Words(name, withinThisProcess, canBePassedOn));

    private static Dictionary<string, string> Only(string name) => new() { [name] = "x" };
}
