using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

public sealed class NetworkServerTests
{
    private const string Token = "a token";
    private const int Calls = 5;

    private static readonly string[] Controls = [TargetIds.KestrelHttp, TargetIds.KestrelHttps];

    public static TheoryData<double> HoursOff => [-12, 0, 12];

    // Whatever the server's clock says: nothing that it tells is a time, and its certificate holds at either end.
    [Theory]
    [MemberData(nameof(HoursOff))]
    [Fault("a server whose clock is {0} hours off", "nothing: no time of one machine is held against the other's")]
    public async Task Both_ends_count_the_same_by_whatever_clock_the_server_has(double hours)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await StartAsync(FreeBlock.First(), new OffTime(TimeSpan.FromHours(hours)));
        using var remote = await ConnectAsync(server);

        Assert.Equal(Controls, remote.Ready.Targets.Keys);
        Assert.Equal(SampleRuns.Environment.Cpu, remote.Environment.Cpu);
        Assert.InRange(remote.RoundTrip.Time, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        Assert.Equal(OperatingSystem.IsLinux(), remote.RoundTrip.ByTheKernel);
        using var control = ServerControl.To(remote.Ready.Control);
        var before = control.Mark(TargetIds.KestrelHttps);
        await using (var caller = ClientPatterns.All["fresh-full"].Open(remote.Ready.Target(TargetIds.KestrelHttps)))
        {
            await caller.OneAfterAnotherAsync(Calls, TimeSpan.Zero, cancellationToken);
        }

        var seen = control.Mark(TargetIds.KestrelHttps) - before;
        Assert.Equal((Calls, Calls, Calls, 0), (seen.Accepted, seen.Requests, seen.FullHandshakes, seen.ResumedHandshakes));
    }

    [Fact]
    [Fault("a client that comes before the server is warm", "that it refuses connections; exit 4")]
    public async Task Nobody_is_let_in_before_every_path_is_warm()
    {
        await using var server = await ColdAsync(FreeBlock.First());

        var error = await Assert.ThrowsAsync<IOException>(() => ConnectAsync(server));
        Assert.Contains("refuses connections", error.Message, StringComparison.Ordinal);

        server.Dialogue.Answer(ControlProtocol.Admit);
        using var remote = await ConnectAsync(server);
        Assert.Equal(Controls, remote.Ready.Targets.Keys);
    }

    [Fact]
    [Fault("a second client of a server on another machine", "that another client has the turn; exit 4")]
    public async Task One_client_at_a_time_has_the_turn_and_what_belongs_to_it_ends_with_it()
    {
        await using var server = await StartAsync(FreeBlock.First());
        ControlAddress first;
        using (var remote = await ConnectAsync(server))
        {
            first = remote.Ready.Control;
            var error = await Assert.ThrowsAsync<IOException>(() => ConnectAsync(server));
            Assert.EndsWith("serves another client: two at once would mix their counts, so wait for its end", error.Message, StringComparison.Ordinal);
            ServerControl.To(first).Dispose();
        }

        using var next = await UntilItMayAsync(server);
        var late = Assert.Throws<IOException>(() => ServerControl.To(first));
        Assert.Equal("the server has ended this client's turn", late.Message);
    }

    [Fact]
    [Fault("another token than the server's", "that it is another one; exit 2")]
    [Fault("a server of another commit", "both commits; exit 2")]
    public async Task Whoever_has_another_token_or_another_build_is_told_so_and_gets_no_turn()
    {
        await using var server = await StartAsync(FreeBlock.First());

        var token = await Assert.ThrowsAsync<WrongServerException>(() => ConnectAsync(server, token: "another"));
        var commit = await Assert.ThrowsAsync<WrongServerException>(() => ConnectAsync(server, commit: "0123456789abcdef"));

        Assert.EndsWith("has another token than this program's CONNECTION_REUSE_TOKEN", token.Message, StringComparison.Ordinal);
        Assert.EndsWith("this program of 0123456789: both ends must be built from one commit", commit.Message, StringComparison.Ordinal);
        using var remote = await ConnectAsync(server);
    }

    [Fact]
    [Fault("a client whose address is not among those of --allow", "it is cut before anything is said or counted")]
    public async Task A_stranger_is_cut_off_by_control_and_targets_and_counted_by_nobody()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs the further addresses of loopback");
        await using var server = await StartAsync(FreeBlock.First(), allowed: "127.0.0.3");
        foreach (var port in server.Ready.Targets.Values.Select(url => url.Port).Append(server.Ready.ControlPort))
        {
            Assert.Equal(0, await HeardAsync(port, from: "127.0.0.2"));
        }

        Assert.StartsWith("0 0 0 0 0 ", server.Dialogue.Answer(TargetIds.KestrelHttp), StringComparison.Ordinal); // CPU time follows
        Assert.NotEqual(0, await HeardAsync(server.Ready.ControlPort, from: "127.0.0.3"));
    }

    [Fact]
    [Fault("a port of another program's as --server", "that no server of this suite answers; exit 4")]
    public async Task What_is_no_server_of_the_suite_is_told_so()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var at = new DnsEndPoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        var connecting = RemoteServer.ConnectAsync(at, Token, ControlProtocol.Commit, cancellationToken);
        using (var client = await listener.AcceptTcpClientAsync(cancellationToken))
        {
            await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), cancellationToken);
        }

        var error = await Assert.ThrowsAsync<IOException>(() => connecting);
        Assert.EndsWith("is no server of this suite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_has_ended_is_told_by_the_client_that_has_the_turn()
    {
        var server = await StartAsync(FreeBlock.First());
        using var remote = await ConnectAsync(server);
        remote.ThrowIfEnded();
        await server.DisposeAsync();

        var error = Assert.Throws<IOException>(remote.ThrowIfEnded);
        Assert.EndsWith("does not answer any more: its server has ended, or the way there is cut", error.Message, StringComparison.Ordinal);
    }

    private static async Task<NetworkServer> StartAsync(int port, TimeProvider? time = null, params string[] allowed)
    {
        var server = await ColdAsync(port, time, allowed);
        Assert.Equal(ControlProtocol.Admit, server.Dialogue.Answer(ControlProtocol.Admit));
        return server;
    }

    private static Task<NetworkServer> ColdAsync(int port, TimeProvider? time = null, params string[] allowed) => NetworkServer.StartAsync(
        Controls,
        new NetworkSetup { Address = "127.0.0.1", Host = "localhost", Port = port, Allowed = allowed, Token = Token, IdleLimit = null, Environment = SampleRuns.Environment },
        time ?? TimeProvider.System,
        TestContext.Current.CancellationToken);

    private static Task<RemoteServer> ConnectAsync(NetworkServer server, string token = Token, string? commit = null) => RemoteServer.ConnectAsync(
        new DnsEndPoint("127.0.0.1", server.Ready.ControlPort), token, commit ?? ControlProtocol.Commit, TestContext.Current.CancellationToken);

    // The server sees the end of a connection a moment after the client has made it.
    private static async Task<RemoteServer> UntilItMayAsync(NetworkServer server)
    {
        while (true)
        {
            try
            {
                return await ConnectAsync(server);
            }
            catch (IOException e) when (e.Message.Contains("another client", StringComparison.Ordinal))
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
    }

    private static async Task<int> HeardAsync(int port, string from)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return await socket.ReceiveAsync(new byte[16], TestContext.Current.CancellationToken);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private sealed class OffTime(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}
