using System.Net;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Spectre.Console;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

public sealed class RunObserverTests : IDisposable
{
    private readonly CancellationTokenSource _interruption = new();

    [Fact]
    [Fault("a signal that ends a benchmark's process before this program has heard of it", "an interruption, no failed row")]
    public void A_process_that_died_just_before_an_interruption_was_heard_is_no_failure()
    {
        var (ledger, row, launched) = Observed();
        _interruption.CancelAfter(TimeSpan.FromMilliseconds(50));

        Assert.Throws<OperationCanceledException>(() => launched());

        Assert.False(ledger.IsBooked(row));
    }

    [Fact]
    public void A_process_that_died_without_an_interruption_is_a_failure()
    {
        var (ledger, row, launched) = Observed();

        launched();

        Assert.Equal("the benchmark process ended without a result; its log says why", ledger.FailureOf(row));
    }

    public void Dispose() => _interruption.Dispose();

    private (RowLedger Ledger, RowKey Row, Action Launched) Observed()
    {
        var options = new ComparisonOptions
        {
            Requests = 1,
            RealUrls = [],
            UserAgent = "test",
            Out = ".",
            BenchmarkDotNet = ["--filter", "*KestrelHttp.Shared"],
            CommandLine = string.Empty,
        };
        var plan = Selection.Of(options).Plan(seed: 1);
        var benchmark = BenchmarkConverter.TypeToBenchmarks(typeof(KestrelHttp)).BenchmarksCases.Single(one => one.Descriptor.WorkloadMethod.Name == nameof(KestrelHttp.Shared));
        var row = plan.Rows.Single().Key;
        var planned = new ComparisonPlan(1, [(plan.Rows.Single(), benchmark.Job.ResolvedId)]);
        var ledger = new RowLedger(planned, _ => "http://localhost/");
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No });
        var observer = new RunObserver
        {
            Plan = planned,
            Ledger = ledger,
            Progress = new RunProgress(planned, console, TimeProvider.System, begun: 0),
            EnsureServers = () => { },
            Ports = new RowPorts
            {
                Destination = _ => new IPEndPoint(IPAddress.Loopback, 1),
                Control = () => new IPEndPoint(IPAddress.Loopback, 1),
                ConnectionsOfALaunch = _ => 0,
                CallsToReal = _ => null,
                Await = (_, _, _) => { },
                Free = _ => 0,
            },
            Save = () => { },
            LeaveAlone = _ => { },
            Interrupted = _interruption.Token,
        };
        var killed = new ExecuteResult(true, 137, 1, [], [], [], 1);
        return (ledger, row, () => observer.Turns().Launched!(new Launched(benchmark, 1, 0, killed, Note: null)));
    }
}
