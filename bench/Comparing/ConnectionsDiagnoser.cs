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

namespace ConnectionReuse.Bench.Comparing;

/// <summary>Puts what was counted beside the times of BenchmarkDotNet's own tables and files.</summary>
internal sealed class ConnectionsDiagnoser(RowLedger ledger) : IDiagnoser
{
    /// <inheritdoc/>
    public IEnumerable<string> Ids => [nameof(ConnectionsDiagnoser)];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [];

    /// <inheritdoc/>
    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    /// <inheritdoc/>
    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var iterations = ledger.IterationsOf(results.BenchmarkCase);
        return iterations.Count == 0 ? [] : CountMetric.All.Where(metric => iterations.All(metric.IsKnown)).Select(metric => metric.Over(iterations));
    }

    /// <inheritdoc/>
    public void DisplayResults(ILogger logger)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) => [];

    private sealed record CountMetric(string Name, string Meaning, int Priority, Func<Counts, double?> Value) : IMetricDescriptor
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

        public string Id => Name;

        public string DisplayName => Name;

        public string Legend => Meaning;

        public string NumberFormat => "0.##";

        public UnitType UnitType => UnitType.Dimensionless;

        public string Unit => string.Empty;

        public bool TheGreaterTheBetter => false;

        public int PriorityInCategory => Priority;

        public bool GetIsAvailable(Metric metric) => true;

        public bool IsKnown(CountedIteration iteration) => Value(iteration.Counts) is not null;

        public Metric Over(IEnumerable<CountedIteration> iterations) => new(this, iterations.Average(iteration => Value(iteration.Counts)!.Value));
    }
}
