using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Crank;

/// <summary>A scenario from its first process to its last, as dotnet/crank's controller and agents would go about it on one machine.</summary>
[Collection(nameof(TheProgram))]
public sealed class CrankRunTests
{
    [Fact]
    public async Task The_server_gets_ready_the_client_tells_and_the_server_ends_well()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "an agent ends its jobs with SIGTERM");
        var jobs = CrankConfiguration.Read().Jobs(TargetIds.KestrelHttps, "local", ("serverPort", FreePorts(2)), ("number", "5"));
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
        Assert.NotNull(ResultJson.Parse((string)block.Values["reuse/results"]!).Environment.Server);

        using (var kill = Process.Start("kill", ["-TERM", server.ProcessId.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await server.EndAsync();
        Assert.Equal((ExitCode.Done, ""), (server.ExitCode, server.Errors));
    }

    // crank gives the folder of results itself.
    private static ProgramRun Start(CrankJob job) => ProgramRun.Start(job.Arguments, withFolder: false, [.. job.Environment.Select(variable => (variable.Key, variable.Value))]);

    // Some in a row, below those that the kernel hands out.
    private static string FreePorts(int count)
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 30_000);
            try
            {
                foreach (var port in Enumerable.Range(first, count))
                {
                    using var listener = new TcpListener(IPAddress.Loopback, port);
                    listener.Start();
                }

                return first.ToString(CultureInfo.InvariantCulture);
            }
            catch (SocketException)
            {
                // taken: others then
            }
        }
    }
}
