using ConnectionReuse.Diagnosis;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>Calls that redirects lead from one server to another.</summary>
public sealed class RedirectedCallsTests
{
    private static readonly RawAnswer Keeps = new(RawServer.Kept);

    [Theory]
    [InlineData(false, true, "at localhost:{1}, where redirects end, one connection carried all 24 calls")]
    [InlineData(true, true, "at localhost:{0}, which leads calls on to localhost:{1}, the server closes after each response (Connection: close)")]
    [InlineData(false, false, "at localhost:{1}, where redirects end, the server closes after each response (Connection: close)")]
    [Fault("`./run.sh diagnose --follow` from one server to another, where it is {0} that the first closes and {1} that the last keeps", "the verdict is on the one that closes, by its name, and speaks of no proxy")]
    public async Task Each_server_on_the_way_of_a_redirect_is_judged_by_its_own_connections(bool firstCloses, bool lastKeeps, string evidence)
    {
        const string Close = "Connection: close\r\n";
        await using var last = new RawServer(_ => lastKeeps ? Keeps : new($"HTTP/1.1 200 OK\r\n{Close}Content-Length: 2\r\n\r\nok", Afterwards.Closes));
        await using var first = new RawServer(_ => new(
            $"HTTP/1.1 302 Found\r\nLocation: {last.Target.Uri}\r\n{(firstCloses ? Close : "")}Content-Length: 0\r\n\r\n", firstCloses ? Afterwards.Closes : Afterwards.Keeps));
        var target = new OwnRequest { Follow = true }.On(first.Target);

        var report = await ReuseDiagnosis.RunAsync(target, new DiagnosisOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, evidence, first.Port, last.Port), report.Verdict!.Evidence);
        Assert.Equal(!firstCloses && lastKeeps, report.Verdict.IsReused);
        Assert.Equal([200], report.Statuses);
        Assert.Null(report.Proxy);
    }

    [Fact]
    public async Task A_redirect_to_nobody_is_no_answer()
    {
        await using var first = new RawServer(_ => new("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"));
        var target = new OwnRequest { Follow = true }.On(first.Target);

        var report = await ReuseDiagnosis.RunAsync(target, new DiagnosisOptions(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Null(report.Verdict);
        Assert.Equal("connection refused", report.Failure);
    }
}
