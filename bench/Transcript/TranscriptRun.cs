using System.Diagnostics;
using System.Globalization;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Ports;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using Microsoft.Extensions.Logging;

namespace ConnectionReuse.Bench.Transcript;

/// <summary>The documented session, line by line: each statement as it is typed, then the log lines that it caused.</summary>
/// <param name="url">A URL of the user's; null for WireMock.Net over HTTPS.</param>
/// <param name="link">The options of an emulated link, by their names.</param>
/// <param name="requests">Calls of a timed statement.</param>
/// <param name="userAgent">Tells a real target who asks.</param>
/// <param name="request">What each call to a URL of the user's is.</param>
internal sealed class TranscriptRun(Uri? url, IReadOnlyDictionary<string, string> link, int requests, string userAgent, OwnRequest request)
{
    private const int FreshCalls = 3;
    private const int SharedCalls = 4;

    private string Call => request.IsPlainGet ? "client.GetAsync(url)" : "client.SendAsync(request())";

    // Cold code takes several times as long, and the session is about connections: enough calls for the JIT to compile a method
    // again, and a moment in which it does so beside them.
    private const int FreshWarmUpCalls = 200;
    private const int SharedWarmUpCalls = 2_000;

    /// <summary>Runs the session.</summary>
    /// <returns><see cref="ExitCode.DoesNotHold"/> unless each fresh call and the shared client as a whole opened one connection.</returns>
    /// <exception cref="UserException">The target does not answer.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        await using var server = url is null ? await ServerStart.StartAsync([TargetIds.WireMockHttps], ServerStart.LinkArguments(link), PassedOn.Nothing, interrupted) : null;
        await using var own = server is null || link.Count > 0 ? await ServerStart.StartAsync([TargetIds.WireMockHttps], [], PassedOn.Nothing, interrupted) : null;
        var near = own ?? server!; // to warm up on: never somebody else's server, nor over a link
        var target = server?.Ready.Target(TargetIds.WireMockHttps) ?? request.On(new Target(TargetIds.Real, url!) { UserAgent = userAgent });
        using var logging = PlainLines.Factory();
        var logger = logging.CreateLogger("ConnectionReuse");
        try
        {
            await HavePortsAsync(near.Ready.Target(TargetIds.WireMockHttps), FreshWarmUpCalls, interrupted);
            await HavePortsAsync(target, FreshCalls + requests, interrupted);
            await near.WhileServingAsync(() => WarmUpAsync(near.Ready.Target(TargetIds.WireMockHttps), interrupted));
            return server is null ? await SessionAsync(target, logger, interrupted)
                : await server.WhileServingAsync(() => SessionAsync(target, logger, interrupted));
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !interrupted.IsCancellationRequested)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"{PublicUrl.Of(target.Uri)}: {Failure.Describe(e)}");
        }
    }

    // Every client of one call holds a port for a while. Towards another machine nobody knows the address before the first call.
    private static Task HavePortsAsync(Target target, int connections, CancellationToken interrupted) =>
        target.Uri.IsLoopback ? PortBudget.EnsureAsync(target.Uri.Port, connections, TimeProvider.System, _ => { }, interrupted) : Task.CompletedTask;

    // Returns the calls that it made.
    private static async Task<int> WarmUpAsync(Target target, CancellationToken interrupted)
    {
        foreach (var (pattern, calls) in ((ClientPattern, int)[])[(new FreshClient(), FreshWarmUpCalls), (new SharedClient(), SharedWarmUpCalls)])
        {
            await using var caller = pattern.Open(target);
            await caller.OneAfterAnotherAsync(calls, TimeSpan.Zero, interrupted);
        }

        return FreshWarmUpCalls + SharedWarmUpCalls;
    }

    private async Task<ExitCode> SessionAsync(Target target, ILogger logger, CancellationToken interrupted)
    {
        var holds = true;
        TranscriptLog.Typed(logger, $"var url = \"{PublicUrl.Of(target.Uri)}\";");
        TranscriptLog.Line(logger, "\nA new connection is opened each time a new client is used:\n");
        for (var call = 0; call < FreshCalls; call++)
        {
            TranscriptLog.Typed(logger, $"using (var client = new HttpClient()) await {Call};");
            holds &= await CallAsync(new FreshClient(), target, 1, logger, interrupted) == 1;
        }

        TranscriptLog.Line(logger, "\nOne client for all calls keeps its connection:\n");
        using (var log = Log(logger, target))
        {
            TranscriptLog.Typed(logger, "var client = new HttpClient();");
            await using var shared = new SharedClient().Open(target with { ClientCreated = log.ClientCreated });
            for (var call = 0; call < SharedCalls; call++)
            {
                TranscriptLog.Typed(logger, $"await {Call};");
                await Task.Delay(request.Pause, interrupted);
                await shared.CallAsync(interrupted);
            }

            holds &= log.Lines == 1;
        }

        TranscriptLog.Line(logger, "\nPerformance:\n");
        holds &= await TimeAsync(new FreshClient(), target, expected: requests, logger, interrupted);
        holds &= await TimeAsync(new SharedClient(), target, expected: 1, logger, interrupted);
        if (!holds && !target.IsLocal && await ReuseVerdicts.OfAsync(new SharedClient(), target, TimeProvider.System, interrupted) is { IsReused: false } verdict)
        {
            TranscriptLog.Line(logger, $"\n{PlainText.OneLine(verdict.Sentence)}");
        }

        return holds ? ExitCode.Done : ExitCode.DoesNotHold;
    }

    private async Task<bool> TimeAsync(ClientPattern pattern, Target target, int expected, ILogger logger, CancellationToken interrupted)
    {
        var setup = pattern.Reuses ? "var client = new HttpClient(); " : "";
        var statement = pattern.Reuses ? $"await {Call}" : $"using (var client = new HttpClient()) await {Call}";
        TranscriptLog.Typed(logger, request.Pause == TimeSpan.Zero
            ? $"{setup}var watch = Stopwatch.StartNew(); for (var i = 0; i < {requests}; i++) {statement}; watch.Elapsed.TotalSeconds"
            : $"{setup}var watch = new Stopwatch(); for (var i = 0; i < {requests}; i++) {{ await Task.Delay(pause); watch.Start(); {statement}; watch.Stop(); }} watch.Elapsed.TotalSeconds");
        var watch = new Stopwatch();
        int lines;
        using (var elided = new ElidedLines(logger))
        {
            if (request.Pause == TimeSpan.Zero)
            {
                watch.Start();
            }

            lines = await CallAsync(pattern, target, requests, elided, interrupted, request.Pause == TimeSpan.Zero ? null : watch);
            watch.Stop();
        }

        TranscriptLog.Line(logger, watch.Elapsed.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        return lines == expected;
    }

    private static async Task<int> CallAsync(ClientPattern pattern, Target target, int calls, ILogger logger, CancellationToken interrupted, Stopwatch? watch = null)
    {
        using var log = Log(logger, target);
        await using var caller = pattern.Open(target with { ClientCreated = log.ClientCreated });
        for (var call = 0; call < calls; call++)
        {
            await Task.Delay(target.Request?.Pause ?? TimeSpan.Zero, interrupted);
            watch?.Start();
            await caller.CallAsync(interrupted);
            watch?.Stop();
        }

        return log.Lines;
    }

    private static ConnectionLog Log(ILogger logger, Target target) => new(logger, target.Uri, proxied: target.Request?.Proxy?.For(target.Uri) is not null);
}
