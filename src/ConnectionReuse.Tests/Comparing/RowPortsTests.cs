using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

public sealed class RowPortsTests
{
    private const int PerLaunch = 500;
    private const int CallsToReal = 103;

    private static readonly IPEndPoint Local = new(IPAddress.Loopback, 1);
    private static readonly IPEndPoint Control = new(IPAddress.Loopback, 2);
    private static readonly IPEndPoint Real = new(IPAddress.Parse("192.0.2.1"), 443); // RFC 5737: nobody's

    private readonly List<(IPEndPoint Destination, int Connections)> _asked = [];

    private RowPorts Ports(int free = 1_000_000, bool nameIsKnown = true, int? callsToReal = CallsToReal) => new()
    {
        Destination = row => row.TargetId != TargetIds.Real ? Local : nameIsKnown ? Real : throw new SocketException((int)SocketError.HostNotFound),
        Control = () => Control,
        ConnectionsOfALaunch = _ => PerLaunch,
        CallsToReal = _ => callsToReal,
        Await = (_, destination, connections) => _asked.Add((destination, connections)),
        Free = _ => free,
    };

    private static RowKey Row(string target, string client) => new(target, target == TargetIds.Real ? "https://www.example.org/" : null, client, Job: null);

    [Fact]
    public void A_local_row_is_checked_for_a_whole_launch()
    {
        Ports().Ensure([Row(TargetIds.KestrelHttp, "fresh")]);

        Assert.Equal([(Local, PerLaunch)], _asked);
    }

    [Fact]
    public void A_real_row_is_checked_towards_the_control_that_warms_it_up_and_for_its_own_few_calls()
    {
        Ports().Ensure([Row(TargetIds.Real, "fresh")]);

        Assert.Equal([(Control, PerLaunch), (Real, CallsToReal)], _asked);
    }

    [Fact]
    public void Where_a_job_decides_a_real_row_is_checked_for_a_whole_launch()
    {
        Ports(callsToReal: null).Ensure([Row(TargetIds.Real, "fresh")]);

        Assert.Equal([(Control, PerLaunch), (Real, PerLaunch)], _asked);
    }

    [Fact]
    public void A_name_that_is_not_known_any_more_is_left_to_the_calls()
    {
        Ports(nameIsKnown: false).Ensure([Row(TargetIds.Real, "fresh")]);

        Assert.Equal([(Control, PerLaunch)], _asked);
    }

    [Fact]
    public void A_row_that_keeps_its_connection_spends_none()
    {
        Ports().Ensure([Row(TargetIds.KestrelHttp, "shared")]);

        Assert.Empty(_asked);
    }

    [Fact]
    public void The_kernel_is_asked_again_when_what_was_free_is_spent()
    {
        var ports = Ports(free: 2 * PerLaunch);
        for (var launch = 0; launch < 5; launch++)
        {
            ports.Ensure([Row(TargetIds.KestrelHttp, "fresh")]);
        }

        Assert.Equal(3, _asked.Count);
    }
}
