using System.Collections.Concurrent;
using System.Globalization;
using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// The host's side of <see cref="ConnectionsDiagnoserAttribute"/>: it tells each benchmark process a file for its counts, and makes
/// metrics of the last launch's.
/// </summary>
internal sealed class ConnectionsDiagnoser : IDiagnoser
{
    /// <summary>Tells a benchmark process where to write what it has counted.</summary>
    public const string FileVariable = "CONNECTION_REUSE_DIAGNOSER_FILE";

    private readonly ConcurrentDictionary<BenchmarkCase, string> _files = new();
    private readonly ConcurrentDictionary<BenchmarkCase, ConnectionCounts> _counts = new();

    /// <inheritdoc/>
    public IEnumerable<string> Ids => [nameof(ConnectionsDiagnoser)];

    /// <inheritdoc/>
    public IEnumerable<IExporter> Exporters => [];

    /// <inheritdoc/>
    public IEnumerable<IAnalyser> Analysers => [new ConnectionForEachRequestAnalyser(benchmark => _counts.GetValueOrDefault(benchmark))];

    /// <inheritdoc/>
    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    /// <inheritdoc/>
    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (signal == HostSignal.BeforeProcessStart && parameters.Process is { } process)
        {
            _files[parameters.BenchmarkCase] = process.StartInfo.Environment[FileVariable] = Path.GetTempFileName();
        }
        else if (signal == HostSignal.AfterProcessExit && _files.TryRemove(parameters.BenchmarkCase, out var file))
        {
            if (ConnectionCounts.Parse(File.ReadAllText(file)) is { } counts)
            {
                _counts[parameters.BenchmarkCase] = counts;
            }

            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Metric> ProcessResults(DiagnoserResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (!_counts.TryGetValue(results.BenchmarkCase, out var counts))
        {
            return [];
        }

        var operations = results.Measurements
            .Where(measurement => measurement is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual }).Sum(measurement => measurement.Operations);
        return ConnectionMetric.All
            .Select(metric => (Descriptor: metric, Value: metric.Of(counts, operations)))
            .Where(metric => metric.Value is not null)
            .Select(metric => new Metric(metric.Descriptor, metric.Value!.Value));
    }

    /// <inheritdoc/>
    public void DisplayResults(ILogger logger)
    {
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters)
    {
        ArgumentNullException.ThrowIfNull(validationParameters);
        return validationParameters.Benchmarks
            .Where(benchmark => benchmark.Job.Infrastructure.Toolchain is { IsInProcess: true })
            .Select(benchmark => new ValidationError(false, "Connections are counted in a process of the benchmark's own: an in-process toolchain has none, and no counts.", benchmark));
    }

    private sealed record ConnectionMetric(string Name, string Meaning, int Priority, Func<ConnectionCounts, long, double?> Of) : IMetricDescriptor
    {
        public static IReadOnlyList<ConnectionMetric> All { get; } =
        [
            new("Connections/op", "Connections opened per operation", 0, (counts, operations) => operations > 0 ? (double)counts.Opened / operations : null),
            new("Connections/request", "Connections opened per HTTP request", 1, (counts, _) => counts.OpenedPerRequest),
            new("TLS handshakes/op", "TLS handshakes as a client per operation", 2, (counts, operations) => operations > 0 ? (double)counts.Handshakes / operations : null),
        ];

        public string Id => Name;

        public string DisplayName => Name;

        public string Legend => Meaning;

        public string NumberFormat => "0.####";

        public UnitType UnitType => UnitType.Dimensionless;

        public string Unit => string.Empty;

        public bool TheGreaterTheBetter => false;

        public int PriorityInCategory => Priority;

        public bool GetIsAvailable(Metric metric) => true;
    }

    /// <summary>Warns of benchmarks that time the opening of connections.</summary>
    private sealed class ConnectionForEachRequestAnalyser(Func<BenchmarkCase, ConnectionCounts?> counts) : AnalyserBase
    {
        // Below this, connections were replaced now and then; from here on, a request has as good as one each.
        private const double OneEach = 0.9;

        public override string Id => "ConnectionForEachRequest";

        protected override IEnumerable<Conclusion> AnalyseReport(BenchmarkReport report, Summary summary)
        {
            if (counts(report.BenchmarkCase) is { OpenedPerRequest: >= OneEach } counted)
            {
                yield return CreateWarning(
                    string.Create(CultureInfo.InvariantCulture, $"It opened {counted.Opened} connections for {counted.Requests} requests, so it times their opening. Keep one HttpClient (or IHttpClientFactory), or let the server keep connections open."),
                    report,
                    mergeable: false);
            }
        }
    }
}
