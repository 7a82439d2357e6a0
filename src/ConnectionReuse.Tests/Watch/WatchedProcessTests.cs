using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Watch;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Watch;

public sealed class WatchedProcessTests
{
    [Fact]
    public async Task A_process_says_who_it_is()
    {
        var (name, runtime) = await DiagnosticPort.AskAsync(Environment.ProcessId, TestContext.Current.CancellationToken);

        Assert.Equal("ConnectionReuse.Tests", name);
        Assert.True(new WatchedProcess(1, name, runtime).IsNewEnough, runtime);
        Assert.StartsWith(Environment.Version.ToString(3), runtime, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    [InlineData(27)]
    [InlineData(28)]
    [Fault("{0} bytes of a message from a diagnostic port", "that the process answered so; no crash")]
    public void Half_an_answer_is_none(int length)
    {
        byte[] answer = [.. new byte[24], 255, 255, 255, 255];

        Assert.Throws<IOException>(() => DiagnosticPort.Read(answer.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("8.0.1", true)]
    [InlineData("10.0.12", true)]
    [InlineData("7.0.20", false)]
    [InlineData("", false)]
    [InlineData("unheard of", false)]
    public void The_events_of_an_old_runtime_do_not_name_connections(string runtime, bool newEnough) => Assert.Equal(newEnough, new WatchedProcess(1, "app", runtime).IsNewEnough);

    [Theory]
    [InlineData((int)Looks.Foreign, false, ExitCode.WrongUse, "7 (app) is not a .NET process; ./run.sh watch lists those that can be watched")]
    [InlineData((int)Looks.DotNet, false, ExitCode.CouldNotMeasure, "7 (app) has no diagnostic port: it was started with DOTNET_EnableDiagnostics=0, or with another temporary folder (TMPDIR)")]
    [InlineData((int)Looks.DotNet, true, ExitCode.CouldNotMeasure, "7 (app) belongs to another user: watch it as that user, or as root")]
    [InlineData((int)Looks.Hidden, false, ExitCode.CouldNotMeasure, "7 (app) belongs to another user: watch it as that user, or as root")]
    [InlineData((int)Looks.Gone, false, ExitCode.WrongUse, "7 (app) has ended")]
    internal void A_process_that_cannot_be_watched_is_refused_with_the_reason(int looks, bool another, ExitCode exit, string message)
    {
        var refusal = WatchRefusal.Of(7, "app", (Looks)looks, another);

        Assert.Equal((exit, message), (refusal.ExitCode, refusal.Message));
    }

    [Fact]
    public void This_process_looks_like_one_of_NET() => Assert.Equal(Looks.DotNet, ProcessLooks.At(Environment.ProcessId));
}
