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

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// Collects what each launch proved about its connections and shows it as columns and metrics. The benchmark class
/// writes a <see cref="ProofFile"/> before it ends.
/// </summary>
/// <param name="directory">Where the benchmark processes leave their proof.</param>
/// <param name="interrupted">Ends a benchmark process that runs when it is cancelled.</param>
public sealed class ConnectionsDiagnoser(string directory, CancellationToken interrupted) : IDiagnoser, IDisposable
{
    private CancellationTokenRegistration _kill;

    private readonly Dictionary<BenchmarkCase, List<LaunchProof>> _proofs = [];

    /// <inheritdoc/>
    public IEnumerable<string> Ids => [nameof(ConnectionsDiagnoser)];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [];

    /// <summary>The proofs of a case's launches, in order.</summary>
    public IReadOnlyList<LaunchProof> Of(BenchmarkCase benchmarkCase) => _proofs.GetValueOrDefault(benchmarkCase) ?? [];

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
        else if (signal == HostSignal.AfterAll && ProofFile.Take(directory, parameters.Process.Id) is { } proof)
        {
            if (!_proofs.TryGetValue(parameters.BenchmarkCase, out var proofs))
            {
                _proofs[parameters.BenchmarkCase] = proofs = [];
            }

            proofs.Add(proof);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var iterations = Of(results.BenchmarkCase).SelectMany(proof => proof.Iterations).ToArray();
        return iterations.Length == 0
            ? []
            : ProofMetric.All.Where(metric => iterations.All(metric.Known)).Select(metric => metric.Over(iterations));
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

    private sealed record ProofMetric(string Name, string Legend, int Priority, Func<IterationProof, double?> Value)
    {
        public static IReadOnlyList<ProofMetric> All { get; } =
        [
            new("Connections", "Distinct connections that carried the requests of an iteration", 0, i => i.Carrying),
            new("Opened", "Connections opened during an iteration", 1, i => i.ClientOpened),
            new("TLS full", "Full TLS handshakes during an iteration", 2, i => i.FullHandshakes),
            new("TLS resumed", "Resumed TLS handshakes during an iteration", 3, i => i.ResumedHandshakes),
            new("Alloc/request", "Bytes allocated per request", 4, i => (double)i.AllocatedBytes / i.Requests),
            new("Wire/request", "Bytes above TCP per request, both directions", 5, i => (double)i.WireBytes / i.Requests),
        ];

        public bool Known(IterationProof iteration) => Value(iteration) is not null;

        public Metric Over(IEnumerable<IterationProof> iterations) =>
            new(new Descriptor(this), iterations.Average(iteration => Value(iteration)!.Value));
    }

    private sealed class Descriptor(ProofMetric metric) : IMetricDescriptor
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
