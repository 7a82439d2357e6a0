using System.Globalization;
using System.Text.RegularExpressions;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

/// <summary>The arithmetic of a fleet, held against simulations on a clock of their own.</summary>
public sealed partial class FleetModelTests
{
    private const long TimeWait = (long)FleetModel.TimeWaitSeconds * 1000;

    private static readonly FleetCall Call = new()
    {
        Target = TargetIds.KestrelHttps,
        Client = "fresh",
        Reference = "shared",
        Connections = 1,
        FullHandshakes = 0,
        ResumedHandshakes = 1,
        Seconds = 0.001,
        ReferenceSeconds = 0.0001,
        ExtraRoundTrips = 2,
    };

    public static TheoryData<string> PublishedResults => [.. Directory.EnumerateFiles(Golden.Repository("results/published"), "results.json", SearchOption.AllDirectories).Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))];

    [Theory]
    [InlineData(10, 0)]
    [InlineData(1_000, 3)]
    [InlineData(1_000, 60)]
    [InlineData(7, 61)]
    public void Ports_are_held_for_a_life_and_60_seconds(int perSecond, int lifeMilliseconds)
    {
        var expected = FleetModel.Held(perSecond, (lifeMilliseconds / 1000.0) + FleetModel.TimeWaitSeconds);

        var (failure, most) = FleetSimulation.Ports(int.MaxValue, 150 * perSecond, perSecond, TimeWait + lifeMilliseconds);

        Assert.Null(failure);
        Assert.Equal(expected, most);
    }

    [Theory]
    [InlineData(FleetModel.PortsOfAnAddress)]
    [InlineData(FleetModel.PortsOfANode)]
    [InlineData(200)]
    public void An_address_or_a_node_fails_at_the_first_rate_above_what_its_ports_stand(int ports)
    {
        var most = (int)FleetModel.MostPerSecond(ports, lifeSeconds: 0);
        var longEnough = ports * 3;

        Assert.Null(FleetSimulation.Ports(ports, longEnough, most, TimeWait).FirstFailure);
        Assert.Equal(ports + 1, FleetSimulation.Ports(ports, longEnough, most + 1, TimeWait).FirstFailure);
    }

    [Fact]
    public void As_many_nodes_as_it_says_are_enough_and_one_fewer_is_not()
    {
        const int Rate = 1_000;
        var nodes = (int)FleetModel.Of(Call with { Seconds = 0, ReferenceSeconds = 0 }, Rate, rttSeconds: 0, onOneCore: true).SnatNodes;

        Assert.Null(FleetSimulation.Ports(nodes * FleetModel.PortsOfANode, 150 * Rate, Rate, TimeWait).FirstFailure);
        Assert.NotNull(FleetSimulation.Ports((nodes - 1) * FleetModel.PortsOfANode, 150 * Rate, Rate, TimeWait).FirstFailure);
    }

    [Theory]
    [InlineData(2_500)] // 2.5 cores
    [InlineData(900)]
    [InlineData(31_400)]
    public void Cores_for_handshakes_keep_up_and_one_fewer_falls_behind(int workInThousandths)
    {
        // A call each second whose connection takes the server so many thousandths of one.
        var cost = FleetModel.Of(Call with { ClientCpuSeconds = 0.1, ServerCpuSeconds = workInThousandths / 1000.0 }, callsPerSecond: 1, rttSeconds: null, onOneCore: false);
        var cores = (int)Math.Ceiling(cost.ServerCores!.Value);
        Assert.Equal((0.1, null), (cost.ClientCores, cost.Cores));

        Assert.Equal(0, FleetSimulation.LastWait(cores, 10_000, workInThousandths));
        Assert.True(cores == 1 || FleetSimulation.LastWait(cores - 1, 10_000, workInThousandths) > workInThousandths);
    }

    [Fact]
    public void A_rate_and_a_round_trip_make_the_cost()
    {
        var cost = FleetModel.Of(Call, callsPerSecond: 1_000, rttSeconds: 0.020, onOneCore: true);

        Assert.Equal((1_000, 0, 1_000), (cost.ConnectionsPerSecond, cost.FullHandshakesPerSecond, cost.ResumedHandshakesPerSecond));
        Assert.Equal(0.9, cost.Cores!.Value, 9);
        Assert.Equal(40, cost.Waiting!.Value, 9); // 2 round trips of 20 ms, 1,000 times a second
        Assert.Equal((60_000, 60_061, 3, 59, 120_061, 21), (cost.TimeWait, cost.Ports, cost.Addresses, cost.SnatNodes, cost.NatEntries, cost.ReusedConnections));
    }

    [Fact]
    public void What_is_not_known_stays_unknown()
    {
        var cost = FleetModel.Of(Call with { FullHandshakes = null, ResumedHandshakes = null }, callsPerSecond: 10, rttSeconds: null, onOneCore: false);

        Assert.Equal((null, null, null, null), (cost.FullHandshakesPerSecond, cost.ResumedHandshakesPerSecond, cost.Cores, cost.Waiting));
        Assert.Equal((null, null), (cost.ClientCores, cost.ServerCores));
    }

    [Fact]
    public void Of_CPU_time_a_connection_costs_what_its_call_takes_beyond_one_on_an_open_connection()
    {
        var rows = SampleRuns.WireMockHttp().Select(row => row with
        {
            Counts = row.Counts! with { ClientCpuMicroseconds = row.Counts.Requests * (row.Declared.Reuses ? 50 : 170), ServerCpuMicroseconds = row.Counts.Requests * (row.Declared.Reuses ? 40 : 100) },
        });
        var file = SampleRuns.Run([.. rows]);

        var calls = FleetCall.Of(file);
        var shown = FleetTable.Render(file, calls, [10_000], null, onOneCore: true);

        var call = Assert.Single(calls);
        Assert.Equal((120e-6, 60e-6), (Math.Round(call.ClientCpuSeconds!.Value, 9), Math.Round(call.ServerCpuSeconds!.Value, 9)));
        Assert.Matches(@"\| client cores \| server cores \|", shown);
        Assert.Matches(@"\| +1\.2\d* \| +0\.6\d* \|", shown);
        Assert.DoesNotContain("both ends", shown, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PublishedResults))]
    public void The_run_without_ports_failed_where_the_model_says(string report)
    {
        var file = ResultFiles.Read(Golden.Repository($"results/published/{report}/results.json"));
        var rows = file.Rows.Where(row => row is { Parameters.Class: "Exhaustion", Status: RowStatus.Measured }).ToArray();
        Assert.SkipWhen(rows.Length == 0, "this result has no run out of ports");
        var (fresh, shared) = (rows.Single(row => !row.Declared.Reuses), rows.Single(row => row.Declared.Reuses));
        var ports = int.Parse(PortsToTake().Match(fresh.Reason!).Groups[1].Value, CultureInfo.InvariantCulture);

        // The shared client has one of the ports, and one more or less is in use as it happens.
        var predicted = FleetSimulation.Ports(ports - 1, 2 * ports, perSecond: 1_000, TimeWait).FirstFailure!.Value;
        Assert.InRange(fresh.Requests + 1, predicted - 1, predicted);
        Assert.True(1_000 > FleetModel.MostPerSecond(ports - 1, lifeSeconds: 0));
        Assert.True(fresh.Median is not { } seconds || fresh.Requests / seconds > FleetModel.MostPerSecond(ports - 1, lifeSeconds: 0)); // it came that fast
        Assert.Equal(1.0, shared.PerIteration(counts => counts.Carrying)!.Value);
    }

    [Fact]
    public void A_file_gives_what_its_loopback_rows_counted()
    {
        var calls = FleetCall.Of(SampleRuns.Run([.. SampleRuns.KestrelHttps(), .. SampleRuns.WireMockHttp(), SampleRuns.Row(TargetIds.Real, "fresh", 200), SampleRuns.Row(TargetIds.Real, "shared", 50)]));

        Assert.Equal([("kestrel-https", "fresh", 0, 1, 2), ("kestrel-https", "fresh-full", 1, 0, 2), ("wiremock-http", "fresh", null, null, 1)],
            calls.Select(call => (call.Target, call.Client, call.FullHandshakes, call.ResumedHandshakes, call.ExtraRoundTrips)));
        Assert.All(calls, call => Assert.Equal((1, "shared"), (call.Connections, call.Reference)));
        Assert.All(calls, call => Assert.InRange(call.ReferenceSeconds, 1e-9, call.Seconds));
    }

    [Fact]
    public void The_tables_say_what_they_rest_on()
    {
        var file = SampleRuns.Run([.. SampleRuns.KestrelHttps(), .. SampleRuns.WireMockHttp()]);

        Golden.Holds("fleet.txt", FleetTable.Render(file, FleetCall.Of(file), [10, 100_000], 0.020, onOneCore: true));
    }

    [Fact]
    public void Without_a_round_trip_and_one_core_it_says_what_is_left_out()
    {
        var file = SampleRuns.Run(SampleRuns.WireMockHttp());

        var shown = FleetTable.Render(file, FleetCall.Of(file), [1_000], null, onOneCore: false);

        Assert.DoesNotContain("| cores", shown, StringComparison.Ordinal);
        Assert.Contains("cores are left out", shown, StringComparison.Ordinal);
        Assert.Contains("no round trip was given", shown, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"with (\d+) ports to take")]
    private static partial Regex PortsToTake();
}
