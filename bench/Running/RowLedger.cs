using System.Text.Json;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.BenchmarkDotNet;
using ConnectionReuse.Connections;
using ConnectionReuse.Links;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>Every row of the run and what has come back for it: at any time it can be turned into a result file.</summary>
/// <param name="requests">Requests per iteration.</param>
/// <param name="urlOf">A row's URL as it may be shown.</param>
internal sealed class RowLedger(int requests, Func<RowKey, string> urlOf)
{
    private readonly List<RowKey> _order = [];
    private readonly Dictionary<RowKey, int> _planned = [];
    private readonly Dictionary<RowKey, List<LaunchRecord>> _launches = [];
    private readonly Dictionary<RowKey, (RowStatus Status, string Reason)> _settled = [];
    private readonly Dictionary<RowKey, Func<ResultRow, ResultRow>> _found = [];
    private readonly Dictionary<BenchmarkCase, RowKey> _cases = [];

    /// <summary>The rows, in the order of the table.</summary>
    public IReadOnlyList<RowKey> Rows => _order;

    /// <summary>Plans a benchmark case's launches.</summary>
    /// <param name="benchmark">The case.</param>
    /// <param name="job">The job's name where a run has several; null where it has one.</param>
    public void Plan(BenchmarkCase benchmark, string? job)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var row = RowKey.Of(benchmark, job);
        if (_planned.TryAdd(row, 0))
        {
            _order.Add(row);
            _launches[row] = [];
        }

        _cases[benchmark] = row;
        _planned[row] = benchmark.Job.ResolveValue(RunMode.LaunchCountCharacteristic, 1);
    }

    /// <summary>The row and the round of a planned case.</summary>
    public RowKey Of(BenchmarkCase benchmark) => _cases[benchmark];

    /// <summary>Rounds of the row, that is launches planned.</summary>
    public int Rounds(RowKey row) => _planned[row];

    /// <summary>Gives a row its status without launches: its target is unreachable, or its platform cannot do it.</summary>
    public void Settle(RowKey row, RowStatus status, string reason)
    {
        if (_planned.TryAdd(row, 0))
        {
            _order.Add(row);
            _launches[row] = [];
        }

        _settled[row] = (status, reason);
    }

    /// <summary>Gives a row what was found without launches.</summary>
    public void Settle(RowKey row, Func<ResultRow, ResultRow> found) => _found[row] = found;

    /// <summary>What was counted in the timed iterations of a benchmark so far.</summary>
    public IReadOnlyList<CountedIteration> IterationsOf(BenchmarkCase benchmark) =>
        [.. _launches[_cases[benchmark]].SelectMany(launch => launch.Report?.Iterations ?? [])];

    /// <summary>Books a launch that has ended.</summary>
    public void Book(Launched launched)
    {
        ArgumentNullException.ThrowIfNull(launched);
        var seconds = launched.Result.IsSuccess ? launched.Result.Measurements.Where(IsTimed).Select(measurement => measurement.Nanoseconds / 1e9).ToArray() : [];
        var report = launched.Note is null ? null : JsonSerializer.Deserialize(launched.Note, LaunchJson.Default.LaunchReport);
        _launches[_cases[launched.Benchmark]].Add(new LaunchRecord(launched.Launch, seconds, report)
        {
            Turns = launched.Turns > 0 && seconds.Length % launched.Turns == 0 ? launched.Turns : 0, // otherwise they cannot be told apart
        });
    }

    /// <summary>The reason why a row has failed so far; null when it has not.</summary>
    public string? FailureOf(RowKey row) => Build(row) is { Status: RowStatus.Failed } failed ? failed.Reason : null;

    /// <summary>The result as it stands.</summary>
    public ResultFile ToResult(RunEnvironment environment, Run run)
    {
        var rows = _order.Select(Build).ToArray();
        return new ResultFile { Environment = environment, Runs = [run], Rows = rows, Ratios = [.. Ratios.Of(rows).Select(ratio => RatioModels.Of(ratio, rows, LinkModel.SlowStartRoundTrips))] };
    }

    private static bool IsTimed(Measurement measurement) =>
        measurement is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual };

    private ResultRow Build(RowKey key)
    {
        var count = Math.Min(key.Pattern.RequestsFor(requests), key.MostRequests);
        var alone = TurnPlan.Alone(key.Pattern);
        var row = new ResultRow
        {
            Target = key.TargetId,
            Url = urlOf(key),
            Client = key.Client,
            Parameters = key.Parameters,
            Requests = count,
            Declared = key.Pattern.Declare(count),
            Method = alone is not null ? Method.Alone : _launches[key].Any(launch => launch.Turns > 0) ? Method.Turns : Method.OneAfterAnother,
            MethodReason = alone,
            Status = RowStatus.NotRun,
        };
        if (_found.TryGetValue(key, out var found))
        {
            return found(row);
        }

        return _settled.TryGetValue(key, out var settled) && _launches[key].Count == 0
            ? row with { Status = settled.Status, Reason = settled.Reason }
            : RowBuilder.Build(row, key.Pattern, _launches[key], _planned[key], local: key.TargetId != TargetIds.Real);
    }
}
