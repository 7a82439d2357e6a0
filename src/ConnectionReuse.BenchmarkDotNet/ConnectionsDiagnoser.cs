using System.Diagnostics;
using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// Collects what each launch proved about its connections and shows it as columns and metrics. The benchmark class
/// writes a <see cref="LaunchFile"/> before it ends.
/// </summary>
/// <param name="directory">Where the benchmark processes leave their report.</param>
/// <param name="interrupted">Ends a benchmark process that runs when it is cancelled.</param>
public sealed class ConnectionsDiagnoser(string directory, CancellationToken interrupted) : IDiagnoser, IDisposable
{
    private CancellationTokenRegistration _kill;

    private readonly Dictionary<BenchmarkCase, List<LaunchReport>> _reports = [];

    /// <inheritdoc/>
    public IEnumerable<string> Ids => [nameof(ConnectionsDiagnoser)];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [];

    /// <summary>The reports of a case's launches, in order.</summary>
    public IReadOnlyList<LaunchReport> Of(BenchmarkCase benchmarkCase) => _reports.GetValueOrDefault(benchmarkCase) ?? [];

    /// <inheritdoc/>
    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    /// <inheritdoc/>
    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (signal == HostSignal.AfterProcessStart)
        {
            var process = parameters.Process;
            _kill = interrupted.Register(() => Kill(process));
        }
        else if (signal == HostSignal.AfterProcessExit)
        {
            _kill.Dispose();
        }
        else if (signal == HostSignal.AfterAll && LaunchFile.Take(directory, parameters.Process.Id) is { } report)
        {
            if (!_reports.TryGetValue(parameters.BenchmarkCase, out var reports))
            {
                _reports[parameters.BenchmarkCase] = reports = [];
            }

            reports.Add(report);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var iterations = Of(results.BenchmarkCase).SelectMany(report => report.Iterations).ToArray();
        return iterations.Length == 0
            ? []
            : CountMetric.All.Where(metric => iterations.All(metric.Known)).Select(metric => metric.Over(iterations));
    }

    /// <inheritdoc/>
    public void Dispose() => _kill.Dispose();

    /// <inheritdoc/>
    public void DisplayResults(ILogger logger)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) => [];

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // BenchmarkDotNet, which hears of Ctrl-C too, was faster
        }
    }

    private sealed record CountMetric(string Name, string Legend, int Priority, Func<Counts, double?> Value)
    {
        public static IReadOnlyList<CountMetric> All { get; } =
        [
            new("Connections", "Distinct connections that carried the requests of an iteration", 0, i => i.Carrying),
            new("Opened", "Connections opened during an iteration", 1, i => i.Opened),
            new("TLS full", "Full TLS handshakes during an iteration", 2, i => i.FullHandshakes),
            new("TLS resumed", "Resumed TLS handshakes during an iteration", 3, i => i.ResumedHandshakes),
            new("Alloc/request", "Bytes allocated per request", 4, i => (double?)i.AllocatedBytes / i.Requests),
            new("Wire/request", "Bytes above TCP per request, both directions", 5, i => (double?)i.WireBytes / i.Requests),
        ];

        public bool Known(CountedIteration iteration) => Value(iteration.Counts) is not null;

        public Metric Over(IEnumerable<CountedIteration> iterations) =>
            new(new Descriptor(this), iterations.Average(iteration => Value(iteration.Counts)!.Value));
    }

    private sealed class Descriptor(CountMetric metric) : IMetricDescriptor
    {
        public string Id => metric.Name;

        public string DisplayName => metric.Name;

        public string Legend => metric.Legend;

        public string NumberFormat => "0.##";

        public UnitType UnitType => UnitType.Dimensionless;

        public string Unit => string.Empty;

        public bool TheGreaterTheBetter => false;

        public int PriorityInCategory => metric.Priority;

        public bool GetIsAvailable(Metric metric) => true;
    }
}
