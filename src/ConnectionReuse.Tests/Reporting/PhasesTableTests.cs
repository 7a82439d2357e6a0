using ConnectionReuse.Phases;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class PhasesTableTests
{
    private static readonly PhaseTimes Fresh = SampleRuns.FreshPhases;
    private static readonly PhaseTimes Shared = SampleRuns.SharedPhases;

    [Fact]
    public void Fresh_and_shared_stand_side_by_side_with_bars_to_one_scale() =>
        Golden.Holds("phases.md", PhasesTable.Render([new("fresh", Fresh), new("shared", Shared)]));

    [Fact]
    public void A_phase_that_no_client_has_is_left_out_and_an_emulated_connect_is_told() =>
        Golden.Holds("phases-link.md", PhasesTable.Render(
        [
            new("fresh", Fresh with
            {
                DnsSeconds = 0,
                TlsSeconds = 0,
                ConnectSeconds = 50.1e-3,
                FirstByteSeconds = 50.4e-3,
                MeasuredSeconds = 101e-3,
                EmulatedConnectSeconds = 50e-3,
            }),
            new("shared", Shared with { FirstByteSeconds = 50.2e-3, MeasuredSeconds = 50.3e-3 }),
        ]));

    [Fact]
    public void Phases_that_miss_the_measured_time_say_so() => Assert.Contains(
        "- fresh: the mean of 100 calls; phases and client miss the measured time by up to 2.8%, more than the 2.0% that is tolerated\n",
        PhasesTable.Render([new("fresh", Fresh with { Blocks = 1, Disagreement = 0.0281 })]),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.013)]
    public void A_bar_is_as_long_as_its_share_of_the_longest(double share)
    {
        var times = Scaled(Fresh, share);
        var lines = PhasesTable.Render([new("longest", Fresh), new("other", times)]).Split('\n');
        Assert.Equal(40, Blocks(lines, "longest "));
        Assert.Equal((int)Math.Round(40 * share), Blocks(lines, "other "));
    }

    [Fact]
    public void The_phases_of_blocks_are_the_means_of_the_middle_one_and_the_worst_agreement_of_all()
    {
        var call = new CallPhases
        {
            Dns = 1,
            Connect = 2,
            Tls = 3,
            FirstByte = 4,
            Body = 5,
            Client = 6,
            Unaccounted = 1,
            Opened = 1,
        };
        var times = PhaseTimesOfBlocks.Of(
        [
            new PhaseBlock([call with { Body = 79 }], 100, TimeSpan.Zero),
            new PhaseBlock([call, call with { Dns = 4 }], 45, TimeSpan.FromSeconds(2)),
            new PhaseBlock([call], 21, TimeSpan.Zero),
        ]);
        Assert.Equal(
            new PhaseTimes
            {
                Blocks = 3,
                Calls = 2,
                DnsSeconds = 2.5,
                ConnectSeconds = 2,
                TlsSeconds = 3,
                FirstByteSeconds = 4,
                BodySeconds = 5,
                ClientSeconds = 6,
                MeasuredSeconds = 22.5,
                Disagreement = Math.Abs(95.0 / 100 - 1),
                EmulatedConnectSeconds = 2,
            },
            times);
        Assert.Equal(22.5, times.TotalSeconds());
        Assert.Throws<ArgumentException>(() => PhaseTimesOfBlocks.Of([]));
    }

    private static int Blocks(string[] lines, string client) =>
        Assert.Single(lines, line => line.StartsWith(client, StringComparison.Ordinal)).Count(character => character > 127);

    private static PhaseTimes Scaled(PhaseTimes times, double share) => times with
    {
        DnsSeconds = share * times.DnsSeconds,
        ConnectSeconds = share * times.ConnectSeconds,
        TlsSeconds = share * times.TlsSeconds,
        FirstByteSeconds = share * times.FirstByteSeconds,
        BodySeconds = share * times.BodySeconds,
        ClientSeconds = share * times.ClientSeconds,
    };
}
