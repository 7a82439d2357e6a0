using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Commands;

[Collection(nameof(TheProgram))]
public sealed class NetworkOptionTests
{
    [Theory]
    [InlineData("--bind 0.0.0.0", "--bind 0.0.0.0: one address is needed, not every one of this machine, of ")]
    [InlineData("--bind ::", "--bind ::: one address is needed, not every one of this machine, of ")]
    [InlineData("--bind localhost", "--bind localhost: an IP address is needed, of ")]
    [InlineData("--bind 192.0.2.77", "--bind 192.0.2.77: this machine has no such address, but ")]
    [InlineData("--bind 127.0.0.1 --allow example.org", "--allow example.org: an IP address is needed, or a network such as 10.0.0.0/24")]
    [InlineData("--bind 127.0.0.1 --allow 0.0.0.0/0", "--allow 0.0.0.0/0: an IP address is needed, or a network such as 10.0.0.0/24")]
    [InlineData("--port 80", "--port 80: a whole number from 1024 to 65000 is needed")]
    [InlineData("--host a/b", "--host a/b: a host's name is needed")]
    [InlineData("--host 127.0.0.1", "kestrel-https needs --host NAME: for an address in a URL .NET resumes no TLS session")]
    [InlineData("--port 5100 --rtt 5ms", "--rtt is for clients of yours: --server counts on the plain answer, over the network that there is")]
    [Fault("`./run.sh serve {0}`", "{1}; exit 2")]
    public async Task Serve_refuses_what_nobody_should_listen_on(string options, string beginning) =>
        Assert.StartsWith(beginning, await RootRun.RefusalAsync($"serve {options}", withFolder: false), StringComparison.Ordinal);

    [Fact]
    [Fault("`./run.sh serve --bind` beyond loopback without --allow, or without a token", "which of both is missing; exit 2")]
    public async Task Beyond_loopback_it_wants_to_know_who_may_come()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(device => device.GetIPProperties().UnicastAddresses).Select(address => address.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        Assert.SkipWhen(own is null, "this machine has no address but loopback");

        Assert.Equal($"--bind {own} is open to others: --allow names the addresses that may come", await RootRun.RefusalAsync($"serve --bind {own}", withFolder: false));
        Assert.Equal(
            $"--bind {own} is open to others: CONNECTION_REUSE_TOKEN in the environment needs a token, the same for server and client",
            await RootRun.RefusalAsync($"serve --bind {own} --allow 10.0.0.1", withFolder: false));
    }

    [Fact]
    [Fault("`./run.sh serve --port` of a port that is taken", "which one; exit 4")]
    public async Task A_taken_port_is_named()
    {
        var first = FreeBlock.First();
        using var taken = new TcpListener(IPAddress.Loopback, first + 1);
        taken.Start();

        var run = await RootRun.OfAsync("serve", "kestrel-http", "--port", $"{first}");

        Assert.Equal((ExitCode.CouldNotMeasure, ""), (run.Exit, run.Output));
        Assert.Equal($"port {first + 1} of 127.0.0.1 is taken: --port names the first of 2 in a row, the control's and those of the targets", run.Errors.Trim());
    }

    [Theory]
    [InlineData("timeit --server :5100", "--server :5100: a host and a port are needed, such as reuse-server:5100")]
    [InlineData("timeit --server a:b", "--server a:b: a host and a port are needed, such as reuse-server:5100")]
    [InlineData("timeit --server http://a:5100/x", "--server http://a:5100/x: a host and a port are needed, such as reuse-server:5100")]
    [InlineData("timeit --server a:5100 --rtt 5ms", "--server and --rtt exclude each other: leave one out")]
    [InlineData("timeit --server a:5100 --documented", "--server and --documented exclude each other: leave one out")]
    [InlineData("timeit --server a:5100 --envVars A:1", "--server and --envVars exclude each other: leave one out")]
    [InlineData("gate --server a:5100", "--server: the gate holds two builds of the client against each other, on servers of its own beside them")]
    [InlineData("check gate --server a:5100", "--server: the gate holds two builds of the client against each other, on servers of its own beside them")]
    [InlineData("timeit https://example.org/ --server a:5100", "--server is for its own targets: leave out https://example.org/")]
    [InlineData("--server a:5100 --target https://example.org/", "--server and --target exclude each other: leave one out")]
    [InlineData("--server a:5100 --fault SharedClose", "--server and --fault exclude each other: leave one out")]
    [Fault("`./run.sh {0}`", "{1}; exit 2")]
    public async Task A_server_elsewhere_excludes_what_it_cannot_have(string arguments, string line) =>
        Assert.Equal(line, await RootRun.RefusalAsync(arguments));

    [Theory]
    [InlineData("reuse-server:5200", "reuse-server", 5200)]
    [InlineData("reuse-server", "reuse-server", 5100)]
    [InlineData("10.0.0.2:5200", "10.0.0.2", 5200)]
    [InlineData("[fd00::2]:5200", "fd00::2", 5200)]
    public void A_server_is_a_host_and_a_port(string given, string host, int port) =>
        Assert.Equal(new DnsEndPoint(host, port), CommonOptions.ServerAt(given));

    [Theory]
    [InlineData("check watch --server a:5100", "--server: the application that is watched is a process of this machine, and so is the server that it calls")]
    [InlineData("check turns --server a:5100", "--server: the two benchmarks that take turns call no server")]
    [InlineData("check precision --server a:5100", "--server: the record is of the default comparison, whose servers run beside it")]
    public async Task A_check_that_calls_no_server_elsewhere_says_why(string arguments, string line)
    {
        var run = await RootRun.OfAsync(arguments.Split(' '));

        Assert.Equal((ExitCode.WrongUse, line), (run.Exit, run.Errors.Trim()));
    }
}
