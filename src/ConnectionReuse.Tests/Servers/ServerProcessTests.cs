using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Links;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

public sealed class ServerProcessTests
{
    [Fact]
    public async Task Serving_starts_with_one_line_of_JSON_and_ends_when_the_input_closes()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var input = new Pipe();
        var output = new Pipe();
        using var reader = new StreamReader(input.Reader.AsStream());
        await using var writer = new StreamWriter(output.Writer.AsStream());
        using var lines = new StreamReader(output.Reader.AsStream());
        var serving = ServerProcess.ServeAsync(
            [TargetIds.KestrelHttp, TargetIds.KestrelHttps], breakHalf: false, LinkOptions.None, reader, writer, TimeProvider.System, cancellationToken);

        var ready = JsonSerializer.Deserialize((await lines.ReadLineAsync(cancellationToken))!, ServerJson.Default.ServerReady)!;
        Assert.Equal([TargetIds.KestrelHttp, TargetIds.KestrelHttps], ready.Targets.Keys.Order());
        foreach (var (id, uri) in ready.Targets)
        {
            var target = new Target(id, uri) { ExpectedLength = LocalResponse.Body.Length, Trust = new TrustedRoot(ready.AuthorityPem) };
            await using var caller = new FreshClient().Open(target);
            Assert.Equal(HttpVersion.Version11, await caller.CallAsync(cancellationToken));
        }

        using (var control = ServerControl.To(ready.Control))
        {
            Assert.Equal(1, control.Mark(TargetIds.KestrelHttps).Accepted);
        }

        await input.Writer.CompleteAsync();
        await serving;
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () =>
            await late.ConnectAsync(IPAddress.Loopback, ready.Targets[TargetIds.KestrelHttp].Port, cancellationToken));
    }

    [Fact]
    public async Task A_server_that_ends_at_once_is_reported_with_what_it_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var error = await Assert.ThrowsAsync<IOException>(() => ServerProcess.StartAsync(
            new("/bin/sh", ["-c", "echo no port is free >&2"]), TestContext.Current.CancellationToken));
        Assert.Equal("the server process ended with exit code 0: no port is free", error.Message);
    }
}
