using ConnectionReuse.Phases;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Phases;

public sealed class PhaseArithmeticTests
{
    private const long PerSecond = 1000;

    // A fresh call over TLS: every gap between two phases is another power of two.
    private static readonly (PhaseEdge Edge, long At)[] Fresh =
    [
        (PhaseEdge.CallStart, 1000),
        (PhaseEdge.RequestStart, 1001), // client 1
        (PhaseEdge.DnsStart, 1003), // in the request 2
        (PhaseEdge.DnsStop, 1013), // DNS 10
        (PhaseEdge.ConnectStart, 1017), // in the request 4
        (PhaseEdge.ConnectStop, 1018), // connect 1: refused
        (PhaseEdge.ConnectStart, 1026), // in the request 8
        (PhaseEdge.ConnectStop, 1046), // connect 20
        (PhaseEdge.TlsStart, 1062), // in the request 16
        (PhaseEdge.TlsStop, 1162), // TLS 100
        (PhaseEdge.ConnectionEstablished, 1182),
        (PhaseEdge.FirstByteStart, 1194), // in the request 20 + 12 = 32
        (PhaseEdge.FirstByteStop, 1244), // first byte 50
        (PhaseEdge.BodyStart, 1308), // in the request 64
        (PhaseEdge.BodyStop, 1311), // body 3
        (PhaseEdge.RequestStop, 1311),
        (PhaseEdge.CallStop, 1439), // client 128
    ];

    private static readonly (PhaseEdge Edge, long At)[] Shared =
    [
        (PhaseEdge.CallStart, 2000),
        (PhaseEdge.RequestStart, 2001),
        (PhaseEdge.FirstByteStart, 2003),
        (PhaseEdge.FirstByteStop, 2053),
        (PhaseEdge.BodyStart, 2057),
        (PhaseEdge.BodyStop, 2060),
        (PhaseEdge.RequestStop, 2060),
        (PhaseEdge.CallStop, 2068),
    ];

    [Fact]
    public void A_fresh_call_goes_through_every_phase_and_the_gaps_are_the_clients()
    {
        var call = Assert.Single(Of(Fresh));
        Assert.Equal((0.010, 0.021, 0.100, 0.050, 0.003), (call.Dns, call.Connect, call.Tls, call.FirstByte, call.Body));
        Assert.Equal(0.255, call.Client);
        Assert.Equal(0.126, call.Unaccounted);
        Assert.Equal(1, call.Opened);
        Assert.Equal(0.439, call.Total, 12);
    }

    [Fact]
    public void Calls_that_follow_one_another_are_kept_apart()
    {
        var calls = Of([.. Fresh, .. Shared]);
        Assert.Equal(2, calls.Count);
        Assert.Equal((0, 0, 0, 0.050, 0.003), (calls[1].Dns, calls[1].Connect, calls[1].Tls, calls[1].FirstByte, calls[1].Body));
        Assert.Equal((0.015, 0.006, 0), (calls[1].Client, calls[1].Unaccounted, calls[1].Opened));
    }

    [Fact]
    public void An_emulated_connect_is_moved_out_of_the_handshake_over_TLS()
    {
        var plain = Assert.Single(Of(Fresh));
        var moved = Assert.Single(Of(Fresh, emulatedConnect: 60));
        Assert.Equal((0.081, 0.040), (moved.Connect, moved.Tls), Tolerant);
        Assert.Equal(plain.Total, moved.Total, 12);
        Assert.Equal((plain.Dns, plain.FirstByte, plain.Body, plain.Client), (moved.Dns, moved.FirstByte, moved.Body, moved.Client));
    }

    [Fact]
    public void An_emulated_connect_is_moved_out_of_the_first_byte_over_HTTP()
    {
        var http = Fresh.Where(at => at.Edge is not (PhaseEdge.TlsStart or PhaseEdge.TlsStop));
        var moved = Assert.Single(Of(http, emulatedConnect: 40));
        Assert.Equal((0.061, 0.010), (moved.Connect, moved.FirstByte), Tolerant);
    }

    [Fact]
    public void A_call_that_opened_nothing_has_no_emulated_connect() =>
        Assert.Equal(Of(Shared), Of(Shared, emulatedConnect: 40));

    [Fact]
    public void An_emulated_connect_that_was_not_waited_is_refused() =>
        Assert.Equal(
            "call 1 waited 0.1 s where the link was to charge 0.101 s for its connect",
            Assert.Throws<InvalidDataException>(() => Of(Fresh, emulatedConnect: 101)).Message);

    [Fact]
    public void Phases_that_overlap_count_twice_and_the_measured_time_tells()
    {
        (PhaseEdge Edge, long At)[] overlapping =
        [
            .. Shared[..3],
            (PhaseEdge.DnsStart, 2013),
            (PhaseEdge.DnsStop, 2043),
            .. Shared[3..],
        ];
        var calls = Of(overlapping);
        Assert.Equal(0.098, calls[0].Total, 12);
        Assert.True(new PhaseBlock(calls, 0.068, TimeSpan.Zero).Disagreement > PhaseTimes.Tolerance);
        Assert.True(new PhaseBlock(Of(Shared), 0.068, TimeSpan.Zero).Disagreement <= PhaseTimes.Tolerance);
    }

    [Fact]
    public void Time_between_the_calls_belongs_to_none_and_the_measured_time_tells() =>
        Assert.Equal(0.15, new PhaseBlock(Of(Shared), 0.080, TimeSpan.Zero).Disagreement, 12);

    [Fact]
    public void A_request_that_is_sent_again_has_waited_since_the_first_time()
    {
        (PhaseEdge Edge, long At)[] again = [.. Shared[..3], (PhaseEdge.FirstByteStart, 2030), .. Shared[3..]];
        Assert.Equal(Of(Shared), Of(again));
    }

    [Theory]
    [InlineData("call 1 had a TlsStop without its start: something else in this process speaks too", nameof(PhaseEdge.CallStart), nameof(PhaseEdge.TlsStop))]
    [InlineData("call 1 had not begun at DnsStart: something else in this process speaks too", nameof(PhaseEdge.DnsStart))]
    [InlineData("call 2 had not begun at CallStop: something else in this process speaks too", nameof(PhaseEdge.CallStart), nameof(PhaseEdge.CallStop), nameof(PhaseEdge.CallStop))]
    [InlineData("call 1 began before the one before it was over", nameof(PhaseEdge.CallStart), nameof(PhaseEdge.CallStart))]
    [InlineData("call 1 ended with a phase begun", nameof(PhaseEdge.CallStart), nameof(PhaseEdge.BodyStart), nameof(PhaseEdge.CallStop))]
    [InlineData("call 1 did not end", nameof(PhaseEdge.CallStart), nameof(PhaseEdge.BodyStart))]
    [Fault("events of the runtime out of order: {1} {2} {3}", "{0}")]
    public void Events_that_are_no_calls_are_refused(string message, params string[] edges) => Assert.Equal(
        message,
        Assert.Throws<InvalidDataException>(() => Of(edges.Select((edge, index) => (Enum.Parse<PhaseEdge>(edge), (long)index)))).Message);

    private static bool Tolerant((double, double) one, (double, double) other) =>
        Math.Abs(one.Item1 - other.Item1) < 1e-12 && Math.Abs(one.Item2 - other.Item2) < 1e-12;

    private static IReadOnlyList<CallPhases> Of(IEnumerable<(PhaseEdge Edge, long At)> events, int emulatedConnect = 0) =>
        PhaseArithmetic.Of(
            events.Select(at => new PhaseEvent(at.Edge, at.At)), PerSecond, TimeSpan.FromMilliseconds(emulatedConnect));
}
