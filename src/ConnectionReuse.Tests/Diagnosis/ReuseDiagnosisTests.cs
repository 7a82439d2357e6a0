using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>Each cause with a server that has it, and the words for it.</summary>
public sealed class ReuseDiagnosisTests
{
    private static readonly RawAnswer Keeps = new(RawServer.Kept);

    [Fact]
    public async Task A_connection_that_is_kept_is_reused()
    {
        var report = await OfAsync(_ => Keeps);

        Assert.Equal((24, 1, ReuseCause.None, "Reused: one connection carried all 24 calls."), Told(report));
    }

    [Fact]
    public async Task Connection_close_is_told()
    {
        var report = await OfAsync(_ => new("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));

        Assert.Equal(
            (12, 12, ReuseCause.ServerSaysClose, "Not reused: the server closes after each response (Connection: close). Remedy: switch keep-alive on at the server or the proxy before it; a client cannot."),
            Told(report));
    }

    [Fact]
    public async Task A_close_without_a_word_is_told()
    {
        var report = await OfAsync(_ => Keeps with { Then = Afterwards.Closes });

        Assert.Equal((12, 12, ReuseCause.ServerClosesUnannounced), Short(report));
        Assert.Equal("the server closes after each response without having said so (FIN)", report.Verdict!.Evidence);
    }

    [Fact]
    public async Task A_reset_is_told()
    {
        var report = await OfAsync(_ => Keeps with { Then = Afterwards.Resets });

        Assert.Equal((12, 12, ReuseCause.ServerResets), Short(report));
    }

    [Theory]
    [InlineData(1, 12, ReuseCause.KeepAliveTooShort)]
    [InlineData(2, 1, ReuseCause.None)]
    public async Task An_announced_second_is_what_NET_keeps_clear_of(int seconds, int connections, ReuseCause cause)
    {
        var report = await OfAsync(_ => new($"HTTP/1.1 200 OK\r\nKeep-Alive: timeout={seconds}\r\nContent-Length: 2\r\n\r\nok"));

        Assert.Equal((connections, cause), (report.Verdict!.Connections, report.Verdict.Cause));
        Assert.Equal(seconds, report.KeepAliveTimeout);
    }

    [Fact]
    public async Task A_cap_that_is_met_again_and_again_is_learnt()
    {
        var report = await OfAsync(request => request < 7 ? Keeps : Keeps with { Then = Afterwards.Closes });

        Assert.Equal((24, 4, ReuseCause.RequestCap), Short(report));
        Assert.Equal("the server closes after 7 requests, again and again", report.Verdict!.Evidence);
        Assert.Equal(7, report.CapFound);
    }

    [Fact]
    public async Task A_cap_that_was_announced_is_told_by_its_announcement()
    {
        var report = await OfAsync(request => new(
            $"HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max={5 - request}\r\n{(request == 5 ? "Connection: close\r\n" : "")}Content-Length: 2\r\n\r\nok",
            request == 5 ? Afterwards.Closes : Afterwards.Keeps));

        Assert.Equal(ReuseCause.KeepAliveMax, report.Verdict!.Cause);
        Assert.Equal("the server closes after 5 requests, as it announced (Keep-Alive: max=4)", report.Verdict.Evidence);
    }

    [Fact]
    public async Task A_cap_of_seventeen_was_seen_once()
    {
        var report = await OfAsync(request => request < 17 ? Keeps : Keeps with { Then = Afterwards.Closes });

        Assert.Equal((30, 2, ReuseCause.RequestCap), Short(report));
        Assert.Equal("the server closes after 17 requests, seen once", report.Verdict!.Evidence);
    }

    [Fact]
    public async Task HTTP_10_is_told()
    {
        var report = await OfAsync(_ => new("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", Afterwards.Closes));

        Assert.Equal((12, 12, ReuseCause.Http10), Short(report));
    }

    [Fact]
    public async Task HTTP_10_with_keep_alive_is_reused()
    {
        var report = await OfAsync(_ => new("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"));

        Assert.Equal(ReuseCause.None, report.Verdict!.Cause);
    }

    [Fact]
    public async Task A_body_without_length_is_told()
    {
        var report = await OfAsync(_ => new("HTTP/1.1 200 OK\r\n\r\nok", Afterwards.Closes));

        Assert.Equal((12, 12, ReuseCause.NoLength), Short(report));
    }

    [Fact]
    public async Task An_idle_limit_is_told_from_a_close_behind_each_response()
    {
        var report = await OfAsync(_ => Keeps, new DiagnosisOptions { Idle = TimeSpan.FromSeconds(30) }, idle: TimeSpan.FromMilliseconds(700));

        Assert.Equal(ReuseCause.None, report.Verdict!.Cause);
        Assert.NotNull(report.Idle!.ClosedAfterSeconds);
        Assert.Equal(25, report.Requests);
    }

    private static (int, int, ReuseCause, string) Told(DiagnosisReport report) =>
        (report.Verdict!.Requests, report.Verdict.Connections, report.Verdict.Cause, report.Verdict.Sentence);

    private static (int, int, ReuseCause) Short(DiagnosisReport report) => (report.Verdict!.Requests, report.Verdict.Connections, report.Verdict.Cause);

    private static async Task<DiagnosisReport> OfAsync(Func<int, RawAnswer> answer, DiagnosisOptions? options = null, TimeSpan? idle = null)
    {
        await using var server = new RawServer(answer) { IdleLimit = idle };
        var report = await ReuseDiagnosis.RunAsync(server.Target, options ?? new DiagnosisOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(server.Requests.Count, report.Connections.Count);
        return report;
    }
}
