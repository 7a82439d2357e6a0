using System.Globalization;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Crank;

/// <summary>A scenario from its first process to its last, as dotnet/crank's controller and agents would go about it on one machine.</summary>
[Collection(nameof(TheProgram))]
public sealed class CrankRunTests
{
    [Fact]
    public async Task The_server_gets_ready_the_client_tells_and_the_server_ends_well()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "an agent ends its jobs with SIGTERM");
        var jobs = CrankConfiguration.Read().Jobs(TargetIds.KestrelHttps, "local", ("serverPort", FreeBlock.First().ToString(CultureInfo.InvariantCulture)), ("number", "5"), ("sets", "1"));
        using var server = Start(jobs["server"]);
        await server.UntilAsync((string)jobs["server"].Definition["readyStateText"]);

        using var client = Start(jobs["client"]);
        await client.EndAsync();

        Assert.True(client.ExitCode == ExitCode.Done, client.Output + client.Errors);
        var block = CrankBlock.Of(client.Output);
        Assert.Equal(
            (5, 5, 0, 5, 0, 0),
            (block["reuse/kestrel-https/fresh/connections-opened"], block["reuse/kestrel-https/fresh/handshakes-resumed"], block["reuse/kestrel-https/fresh/handshakes-full"],
                block["reuse/kestrel-https/fresh-full/handshakes-full"], block["reuse/kestrel-https/shared/connections-opened"], block["reuse/exit-code"]));
        Assert.Equal(["fresh", "fresh-full", "shared"], ResultJson.Parse((string)block.Values["reuse/results"]!).Rows.Select(row => row.Client).Order(StringComparer.Ordinal));

        await ServedProgram.SendAsync("TERM", server.ProcessId);
        await server.EndAsync();
        Assert.Equal((ExitCode.Done, ""), (server.ExitCode, server.Errors));
    }

    // crank gives the folder of results itself.
    private static ProgramRun Start(CrankJob job) => ProgramRun.Start(job.Arguments, withFolder: false, [.. job.Environment.Select(variable => (variable.Key, variable.Value))]);
}
