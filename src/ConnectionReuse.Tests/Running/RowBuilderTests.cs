using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Running;

/// <summary>Every status of a row, and the reason that is given for it.</summary>
public sealed class RowBuilderTests
{
    private const int Requests = 5;

    private static readonly Counts Fresh = new()
    {
        Requests = Requests,
        Opened = Requests,
        Accepted = Requests,
        Carrying = Requests,
        FullHandshakes = 0,
        ResumedHandshakes = Requests,
        AllocatedBytes = 10_000,
        WireBytes = 5_000,
        CompiledMethods = 0,
    };

    private static readonly Counts Shared = Fresh with { Opened = 0, Accepted = 0, Carrying = 1, ResumedHandshakes = 0 };

    [Fact]
    public void As_declared_in_every_round_is_measured()
    {
        var row = Build(new FreshClient(), [Launch(1, Fresh, Fresh), Launch(2, Fresh, Fresh)]);

        Assert.Equal((RowStatus.Measured, null), (row.Status, row.Reason));
        Assert.Equal([1, 2], row.Launches.Select(launch => launch.Round));
        Assert.All(row.Launches, launch => Assert.Equal([0.01, 0.01], launch.IterationSeconds));
        Assert.Equal((5, 5, 0, 5), (row.PerIteration(counts => counts.Carrying), row.PerIteration(counts => counts.Opened), row.PerIteration(counts => counts.FullHandshakes), row.PerIteration(counts => counts.ResumedHandshakes)));
        Assert.Equal((2_000, 1_000, 0), (row.AllocatedBytesPerRequest, row.PerRequest(counts => counts.WireBytes), row.PerIteration(counts => counts.CompiledMethods)));
    }

    [Fact]
    public void Fewer_rounds_than_planned_are_partial() =>
        AssertTimed(RowStatus.Partial, "2 of 3 rounds", Build(new FreshClient(), [Launch(1, Fresh), Launch(2, Fresh)], planned: 3));

    [Fact]
    public void No_round_at_all_is_not_run() =>
        AssertUntimed(RowStatus.NotRun, "the run ended before it", Build(new FreshClient(), []));

    [Fact]
    public void A_call_that_failed_fails_the_row_with_what_it_said()
    {
        var row = Build(new FreshClient(), [Launch(1, Fresh), Failed(2, "HTTP 503 (Service Unavailable)")]);

        AssertUntimed(RowStatus.Failed, "HTTP 503 (Service Unavailable)", row);
        Assert.Equal(1, row.Failures);
    }

    [Fact]
    [Fault("a benchmark process leaves nothing", "the row failed; its log says why")]
    public void A_process_that_left_nothing_fails_the_row() =>
        AssertUntimed(RowStatus.Failed, "the benchmark process ended without a result; its log says why", Build(new FreshClient(), [Launch(1, Fresh), new LaunchRecord(2, [0.01], null)]));

    [Fact]
    public void A_process_that_timed_nothing_fails_the_row() =>
        AssertUntimed(RowStatus.Failed, "the benchmark process ended without a result; its log says why", Build(new FreshClient(), [Launch(1)]));

    [Fact]
    [Fault("an iteration was timed and not counted", "the row failed")]
    public void A_timed_iteration_that_nobody_counted_fails_the_row() =>
        AssertUntimed(RowStatus.Failed, "another number of iterations was counted than timed", Build(new FreshClient(), [Launch(1, Fresh) with { IterationSeconds = [0.01, 0.01] }]));

    [Fact]
    public void Connections_that_are_not_as_declared_fail_a_local_row() =>
        AssertUntimed(
            RowStatus.Failed,
            "round 2: expected 1 connection in use and 0 opened per iteration; seen 2 connections in use and 1 opened per iteration",
            Build(new SharedClient(), [Launch(1, Shared), Launch(2, Shared, Shared with { Carrying = 2, Opened = 1, Accepted = 1 })]));

    [Fact]
    public void Of_a_real_target_they_are_told_beside_its_times() =>
        AssertTimed(
            RowStatus.Measured,
            "10 calls a connection: 1 opened in 10 requests",
            Build(new SharedClient(), [Launch(1, Shared with { Opened = 1, Accepted = null }), Launch(2, Shared with { Accepted = null })], local: false));

    [Fact]
    [Fault("somebody else's server closes each connection", "that nothing was reused, with counts and times; no ratio")]
    public void Of_a_real_target_that_closes_each_connection_it_is_told_that_nothing_was_reused()
    {
        var row = Build(new SharedClient(), [Launch(1, Fresh with { Accepted = null })], local: false);

        AssertTimed(RowStatus.Measured, "reused nothing: 5 connections for 5 requests", row);
        Assert.True(row.ReusedNothing);
    }

    [Fact]
    public void Of_a_real_target_nobody_knows_what_it_accepted() =>
        AssertTimed(RowStatus.Measured, null, Build(new SharedClient(), [Launch(1, Shared with { Accepted = null })], local: false));

    [Fact]
    [Fault("client and server count differently", "both counts; the row failed")]
    public void A_server_that_disagrees_with_the_client_fails_the_row() =>
        AssertUntimed(
            RowStatus.Failed,
            "round 1: the client opened 5 connections, the server accepted 6",
            Build(new FreshClient(), [Launch(1, Fresh with { Accepted = 6 })]));

    [Theory]
    [InlineData(1, 4, false, "round 1: 1 of 5 TLS handshakes were full, not resumed")]
    [InlineData(2, 3, true, "round 1: 3 of 5 TLS handshakes were resumed, not full")]
    public void Handshakes_of_the_wrong_kind_fail_the_row(int full, int resumed, bool declaredFull, string reason) =>
        AssertUntimed(
            RowStatus.Failed,
            reason,
            Build(declaredFull ? new FreshFullHandshakeClient() : new FreshClient(), [Launch(1, Fresh with { FullHandshakes = full, ResumedHandshakes = resumed })]));

    [Fact]
    public void A_reusing_client_may_have_shaken_hands_in_either_way() =>
        AssertTimed(RowStatus.Measured, null, Build(new SharedClient(), [Launch(1, Shared with { FullHandshakes = 1 })]));

    [Fact]
    public void A_warm_up_that_was_cut_is_told_of_its_launch_and_is_no_deviation()
    {
        var cut = Launch(2, Fresh);

        var row = Build(new FreshClient(), [Launch(1, Fresh), cut with { Report = cut.Report! with { WarmupCapped = true } }], planned: 3);

        AssertTimed(RowStatus.Partial, "2 of 3 rounds", row);
        Assert.Equal([false, true], row.Launches.Select(launch => launch.WarmupCapped));
    }

    [Fact]
    public void What_the_process_allocates_for_itself_in_one_iteration_is_not_the_requests() =>
        Assert.Equal(2000, Build(new SharedClient(), [Launch(1, Shared, Shared, Shared with { AllocatedBytes = 50_000 })]).AllocatedBytesPerRequest);

    [Fact]
    public void Without_a_timed_iteration_nothing_is_known_of_allocations() =>
        Assert.Null(Build(new SharedClient(), [Launch(1)]).AllocatedBytesPerRequest);

    [Fact]
    public void What_one_iteration_did_not_count_is_unknown_of_the_row() =>
        Assert.Null(Build(new FreshClient(), [Launch(1, Fresh, Fresh with { WireBytes = null })]).PerRequest(counts => counts.WireBytes));

    private static void AssertTimed(RowStatus status, string? reason, ResultRow row)
    {
        Assert.Equal((status, reason), (row.Status, row.Reason));
        Assert.NotEmpty(row.Launches);
    }

    private static void AssertUntimed(RowStatus status, string reason, ResultRow row)
    {
        Assert.Equal((status, reason), (row.Status, row.Reason));
        Assert.Empty(row.Launches);
    }

    private static ResultRow Build(ClientPattern pattern, LaunchRecord[] launches, int? planned = null, bool local = true) => RowBuilder.Build(
        SampleRuns.Empty("kestrel-https", pattern.Id, RowStatus.NotRun) with { Requests = Requests }, pattern, launches, planned ?? launches.Length, local);

    private static LaunchRecord Launch(int round, params Counts[] iterations) => new(
        round, [.. iterations.Select(_ => 0.01)], Report() with { Iterations = [.. iterations.Select(counts => new CountedIteration(counts))] });

    private static LaunchRecord Failed(int round, string reason) => new(round, [], Report() with { Failures = 1, Reason = reason });

    private static LaunchReport Report() => new() { Target = "kestrel-https", Client = "any", Iterations = [] };
}
