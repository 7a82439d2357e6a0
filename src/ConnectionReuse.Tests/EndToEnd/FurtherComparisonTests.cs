using System.Globalization;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.OutOfPorts;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The classes outside the default comparison, each with as few requests as show its counts.</summary>
[Collection(nameof(TheProgram))]
public sealed class FurtherComparisonTests(FurtherRun further) : IClassFixture<FurtherRun>
{
    [Fact]
    public void Lifetimes_are_measured_proven_and_have_their_advice()
    {
        var rows = Proven(further.Run, "ClientLifetimes");
        Assert.Equal(["fresh-undisposed", "grpc-shared"], rows.Select(row => row.Client));
        Assert.All(rows, row => Assert.StartsWith(ClientPatterns.All[row.Client].Advice ?? "", row.Declared.Remedy ?? "", StringComparison.Ordinal));
        Assert.All(rows[0].Launches, launch => Assert.NotNull(launch.SocketsLeft));
        Assert.Equal("2.0", rows[1].HttpVersion);
    }

    [Fact]
    public void Ways_to_lose_a_connection_are_seen()
    {
        var rows = Proven(further.Run, "LosingReuse");
        Assert.Equal(["server-closes", "unread-below-drain-size"], rows.Select(row => row.Client).Order(StringComparer.Ordinal));
        Assert.Contains("Connections per 100 calls:", further.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Clients_of_more_requests_open_fewer_connections()
    {
        var rows = Proven(further.Run, "Amortisation");
        Assert.Equal([("per-client-2", 4, 2d), ("per-client-10", 10, 1d)], rows.Select(row => (row.Client, row.Requests, row.PerIteration(counts => counts.Opened)!.Value)));
        Assert.Contains("A client of n requests takes setup + n x request = ", further.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_at_once_stay_within_the_connections_that_the_pool_may_open()
    {
        var rows = Proven(further.Run, "Concurrency");
        Assert.Equal([("http-1-bounded-in-flight-8", "1.1", 4), ("http-2-in-flight-1", "2.0", 1)], rows.Select(row => (row.Client, row.HttpVersion!, MostConnections(row))).Order());
        AssertAtOnce(rows);
    }

    [Fact]
    public void Each_emulated_link_has_rows_that_say_so_over_one_connection()
    {
        var row = Assert.Single(Proven(further.Run, "EmulatedLink"));
        Assert.Equal(("10 ms", 10), (row.Parameters.Case, row.Link?.RttMilliseconds));
    }

    [Fact]
    public void Bodies_over_an_emulated_link_have_rows_that_say_so()
    {
        var row = Assert.Single(Proven(further.Run, "PayloadsOverLink"));
        Assert.Equal(("shared", "64 kB down", 50), (row.Client, row.Parameters.Case, row.Link?.RttMilliseconds));
        Assert.InRange(row.PerRequest(counts => counts.WireBytes)!.Value, 64_000, double.MaxValue);
        Assert.Contains("class PayloadsOverLink, case 64 kB down (emulated)", further.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_row_of_these_questions_is_measured_and_proven()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync($"{FurtherRun.Small} --filter {FurtherRun.EveryRow}");

        Assert.Equal(
            ["factory-named", "factory-short-lifetime", "factory-typed", "fresh-undisposed", "grpc-fresh", "grpc-shared"],
            Proven(run, "ClientLifetimes").Select(row => row.Client));
        Assert.Equal(
            ["server-caps-requests", "server-closes", "server-idle-timeout", "unread-above-drain-size", "unread-below-drain-size"],
            Proven(run, "LosingReuse").Select(row => row.Client));
        var amortisation = Proven(run, "Amortisation");
        Assert.Equal([0, 3, 2, 1, 1, 1, 1], amortisation.Select(row => row.PerIteration(counts => counts.Opened)));
        Assert.Equal([3, 3, 4, 5, 10, 100, 1000], amortisation.Select(row => row.Requests));
        var atOnce = Proven(run, "Concurrency");
        Assert.Equal(6, atOnce.Length);
        AssertAtOnce(atOnce);
        var links = Proven(run, "EmulatedLink");
        Assert.Equal(["0 ms", "10 ms", "50 ms", "123 ms"], links.Select(row => row.Parameters.Case));
        Assert.Equal([null, 10, 50, 123], links.Select(row => row.Link?.RttMilliseconds));
        Assert.Equal(["fresh", "shared"], Proven(run, "PayloadsOverLink").Select(row => row.Client));
    }

    [Fact]
    public async Task Bodies_of_every_size_go_both_ways()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync($"{FurtherRun.Small} --filter *Payloads.Shared*");

        var rows = Proven(run, "Payloads");
        Assert.Equal(["0 kB down", "1 kB down", "14 kB down", "64 kB down", "1024 kB down", "0 kB up", "1 kB up", "14 kB up", "64 kB up", "1024 kB up"], rows.Select(row => row.Parameters.Case));
        Assert.All(rows, row => Assert.InRange(row.PerRequest(counts => counts.WireBytes)!.Value, 1000 * int.Parse(row.Parameters.Case!.Split(' ')[0], CultureInfo.InvariantCulture), double.MaxValue));
    }

    [Fact]
    public async Task Every_protocol_is_the_one_that_was_asked_for()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync($"{FurtherRun.Small} --filter *Protocols.Fresh* *Protocols.Shared*");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var rows = run.Result().Rows;
        Assert.Equal(6 * 3, rows.Count);
        Assert.All(rows, row =>
        {
            var words = row.Parameters.Case!.Split(',')[0].Split(' ')[0];
            Assert.Equal(RowStatus.Measured, row.Status);
            Assert.Equal(words == "HTTP/2" ? "2.0" : "1.1", row.HttpVersion);
            Assert.EndsWith($"TLS {row.TlsProtocol}", row.Parameters.Case, StringComparison.Ordinal);
            Assert.Equal(row.Client == "shared" ? 0 : FurtherRun.Requests, row.PerIteration(counts => counts.Opened));
        });
    }

    [Fact]
    public async Task Http3_is_measured_and_proven_where_there_is_QUIC_and_unsupported_with_its_reason_elsewhere()
    {
        using var run = await ProgramRun.ToEndAsync($"{FurtherRun.Small} --filter *ProtocolsHttp3*");

        Assert.True(run.ExitCode == (Quic.Unsupported is null ? ExitCode.Done : ExitCode.CouldNotMeasure), run.Output + run.Errors);
        var rows = run.Result().Rows;
        Assert.Equal(["fresh", "fresh-full", "shared"], rows.Select(row => row.Client));
        Assert.All(rows, row => Assert.Equal("HTTP/3, TLS 1.3", row.Parameters.Case));
        var measured = rows.Where(row => row.Status == RowStatus.Measured).ToArray();
        Assert.Equal(Quic.Unsupported is null ? ["fresh-full", "shared"] : [], measured.Select(row => row.Client));
        Assert.All(rows.Except(measured), row => Assert.Equal((RowStatus.Unsupported, true), (row.Status, row.Reason?.Contains("QUIC", StringComparison.Ordinal))));
        Assert.All(measured, row =>
        {
            var opened = row.Client == "shared" ? 0.0 : FurtherRun.Requests;
            Assert.Equal(("3.0", "1.3"), (row.HttpVersion, row.TlsProtocol));
            Assert.Equal((opened, opened, 0.0), (row.PerIteration(counts => counts.Opened), row.PerIteration(counts => counts.FullHandshakes), row.PerIteration(counts => counts.ResumedHandshakes)));
        });
    }

    [Fact]
    public async Task Fresh_clients_run_out_of_ports_where_the_shared_one_needs_one()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync($"{FurtherRun.Small} --filter *Exhaustion*");

        var rows = run.Result().Rows;
        Assert.Equal(["fresh", "shared"], rows.Select(row => row.Client));
        Assert.SkipWhen(rows[0].Status == RowStatus.Unsupported, rows[0].Reason ?? "no reason");
        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.All(rows, row => Assert.Equal(RowStatus.Measured, row.Status));
        Assert.Matches("Cannot assign requested address", rows[0].Reason);
        Assert.InRange(rows[0].Requests, 1, PortExhaustion.Ports);
        Assert.Equal((rows[0].Requests, 1.0), (rows[1].Requests, rows[1].PerIteration(counts => counts.Carrying)));
        Assert.All(rows, row => Assert.True(row.Median > 0));
    }

    private static int MostConnections(ResultRow row) => row.Client switch { "http-1-in-flight-8" => 16, "http-1-bounded-in-flight-8" => 4, _ => 1 };

    private static void AssertAtOnce(ResultRow[] rows) => Assert.All(rows, row =>
    {
        Assert.Equal(row.Requests, row.CallTimes!.Calls);
        Assert.Equal(row.Client.StartsWith("http-2", StringComparison.Ordinal) ? "2.0" : "1.1", row.HttpVersion);
        Assert.True(row.PoolConnectionsOpened >= row.PerIteration(counts => counts.Carrying));
        Assert.InRange(row.PerIteration(counts => counts.Carrying)!.Value, 1, MostConnections(row));
    });

    private static ResultRow[] Proven(ProgramRun run, string question)
    {
        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        ResultRow[] rows = [.. run.Result().Rows.Where(row => row.Parameters.Class == question)];
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var pattern = ClientPatterns.All[row.Client];
            Assert.Equal(RowStatus.Measured, row.Status);
            Assert.Equal(pattern.RequestsFor(FurtherRun.Requests), row.Requests);
            Assert.True(pattern.Expect(row.Requests).Holds((long?)row.PerIteration(counts => counts.Carrying), (long)row.PerIteration(counts => counts.Opened)!), row.Client);
        });
        return rows;
    }
}
