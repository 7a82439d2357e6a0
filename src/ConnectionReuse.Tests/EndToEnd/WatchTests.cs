using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Watch;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using ConnectionReuse.Tests.Watch;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>An application that already runs, watched from outside: this program's own transcript.</summary>
[Collection(nameof(TheProgram))]
public sealed class WatchTests
{
    private const int TimedCalls = 5;

    // What a transcript does, less its first call, which had been sent before: 2 fresh and 4 shared, 5 fresh and 5 shared.
    private const int Calls = 2 + 4 + (2 * TimedCalls);
    private const int Connections = 2 + 1 + TimedCalls + 1;

    [Fact]
    public async Task An_application_that_runs_is_counted_exactly_until_it_ends()
    {
        await using var server = new HeldServer();
        using var application = ProgramRun.Start($"transcript {server.Uri} --requests {TimedCalls}", withFolder: false);
        await server.Asked.WaitAsync(TestContext.Current.CancellationToken);

        using var watch = ProgramRun.Start($"watch {application.ProcessId} --json counts.json", withFolder: false);
        await watch.UntilAsync("Ctrl-C ends it");
        server.GoOn();
        await application.EndAsync();
        await watch.EndAsync();

        Assert.True(watch.ExitCode == ExitCode.Done, watch.Output + watch.Errors);
        var text = await File.ReadAllTextAsync(Path.Combine(watch.Folder.FullName, "counts.json"), TestContext.Current.CancellationToken);
        Assert.Empty((await SchemaTests.SchemaAsync("schema-watch.json")).Validate(text));
        var report = JsonSerializer.Deserialize(text, WatchJson.Default.WatchReport)!;
        var host = Assert.Single(report.Counts.Hosts);
        Assert.Equal(server.Uri.GetLeftPart(UriPartial.Authority), host.Host);
        Assert.Equal((Calls, Calls, 0, 1), (host.Requests, host.Calls, host.Failed, host.MostAtOnce));
        var version = Assert.Single(host.Versions);
        Assert.Equal(("1.1", Connections, Connections, 0, 0), (version.Version, version.Opened, version.Closed, version.Open, version.OpenBefore));
        Assert.Equal(1, report.Counts.ClosedUnused); // the first call's
        Assert.Equal(Connections, version.Waits);
        Assert.Equal(Connections, host.Ends.AfterCall);
        Assert.Equal(ReuseCause.ClientPerCall, host.Verdict!.Cause);
        Assert.Equal((WatchEnd.Application, 0, application.ProcessId, "ConnectionReuse.Bench"), (report.EndedBy, report.EventsLost, report.ProcessId, report.Application));
        Assert.Contains("1.8 calls a connection", watch.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-path", text + watch.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_the_summary_and_leaves_the_application_alone()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Ctrl-C is sent with kill");
        await using var server = new HeldServer();
        using var application = ProgramRun.Start($"transcript {server.Uri} --requests {TimedCalls}", withFolder: false);
        await server.Asked.WaitAsync(TestContext.Current.CancellationToken);

        using var watch = ProgramRun.Start($"watch {application.ProcessId}", withFolder: false);
        await watch.InterruptOnceItSpeaksAsync();
        server.GoOn();
        await application.EndAsync();

        Assert.Equal(ExitCode.Inconclusive, watch.ExitCode);
        Assert.Matches(@"^no HTTP call in \d+\.\d s: ConnectionReuse\.Bench makes none, or none through HttpClient\n$", watch.Errors.ReplaceLineEndings("\n"));
        Assert.Equal(ExitCode.Done, application.ExitCode);
    }

    [Fact]
    [Fault("the application is killed while it is watched", "the summary; exit 0")]
    public async Task An_application_that_is_killed_leaves_its_counts()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "it is killed with kill");
        await using var server = new HeldServer();
        using var application = ProgramRun.Start($"transcript {server.Uri} --requests 10000", withFolder: false);
        await server.Asked.WaitAsync(TestContext.Current.CancellationToken);
        using var watch = ProgramRun.Start($"watch {application.ProcessId}", withFolder: false);
        await watch.UntilAsync("Ctrl-C ends it");
        server.GoOn();
        await watch.UntilAsync("requests");

        using (var kill = Process.Start("kill", ["-KILL", application.ProcessId.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await watch.EndAsync();
        Assert.True(watch.ExitCode == ExitCode.Done, watch.Output + watch.Errors);
        Assert.Contains("until the application ended", watch.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_ends_it_and_a_name_will_do()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new HeldServer();
        using var application = ProgramRun.Start($"transcript {server.Uri} --requests {TimedCalls}", withFolder: false);
        await server.Asked.WaitAsync(TestContext.Current.CancellationToken);

        using var list = await ProgramRun.ToEndAsync("watch", withFolder: false);
        using var watch = await ProgramRun.ToEndAsync($"watch {application.ProcessId} --duration 200ms", withFolder: false);

        Assert.Contains(list.Output.Split('\n'), line => line.Trim().StartsWith($"{application.ProcessId}  ConnectionReuse.Bench  .NET ", StringComparison.Ordinal));
        Assert.Contains("until the time was over", watch.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Fault("DOTNET_EnableDiagnostics=0 in an application that is to be watched", "that it has no diagnostic port, and why; exit 4")]
    public async Task Diagnostics_that_are_switched_off_are_named()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new HeldServer();
        using var application = ProgramRun.Start($"transcript {server.Uri} --requests {TimedCalls}", withFolder: false, ("DOTNET_EnableDiagnostics", "0"));
        await server.Asked.WaitAsync(TestContext.Current.CancellationToken);

        var watch = await RootRun.OfAsync("watch", application.ProcessId.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(ExitCode.CouldNotMeasure, watch.Exit);
        Assert.EndsWith("has no diagnostic port: it was started with DOTNET_EnableDiagnostics=0, or with another temporary folder (TMPDIR)", watch.Errors.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("watch 2147483647", "2147483647: no such process; ./run.sh watch lists those that can be watched")]
    [InlineData("watch no-such-application", "no-such-application: no .NET process of that name can be watched; ./run.sh watch lists those that can be watched")]
    [InlineData("watch 1 --duration 5", "--duration 5: a time up to 7 days is needed, such as 30s, 5m or 1h")]
    [InlineData("watch --duration 5s", "--duration needs the process that is to be watched")]
    [Fault("`{0}`", "{1}; exit 2")]
    public async Task What_cannot_be_watched_says_why(string arguments, string message)
    {
        var run = await RootRun.OfAsync(arguments.Split(' '));

        Assert.Equal((ExitCode.WrongUse, message), (run.Exit, run.Errors.Trim()));
    }

    [Fact]
    [Fault("`./run.sh watch` of a process that is not .NET", "that it is not a .NET process; exit 2")]
    public async Task A_process_that_is_not_NET_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "it needs a process that is not .NET");
        using var sleep = Process.Start("sleep", "60");
        try
        {
            var run = await RootRun.OfAsync("watch", sleep.Id.ToString(CultureInfo.InvariantCulture));

            Assert.Equal((ExitCode.WrongUse, $"{sleep.Id} (sleep) is not a .NET process; ./run.sh watch lists those that can be watched"), (run.Exit, run.Errors.Trim()));
        }
        finally
        {
            sleep.Kill();
        }
    }
}
