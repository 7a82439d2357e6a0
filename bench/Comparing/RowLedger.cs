using System.Text.Json;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Connections;
using ConnectionReuse.Links;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using ConnectionReuse.Turns.BenchmarkDotNet;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>What has come back for each row of a plan: at any time it can be turned into a result file.</summary>
/// <param name="plan">The rows.</param>
/// <param name="urlOf">A row's URL as it may be shown.</param>
internal sealed class RowLedger(ComparisonPlan plan, Func<RowKey, string> urlOf)
{
    private readonly Dictionary<RowKey, List<LaunchRecord>> _launches = plan.Rows.ToDictionary(row => row.Key, _ => new List<LaunchRecord>());
    private readonly Dictionary<RowKey, (RowStatus Status, string Reason)> _settled = [];
    private readonly Dictionary<RowKey, Func<ResultRow, ResultRow>> _found = [];
    private readonly Dictionary<RowKey, ReuseVerdict> _verdicts = [];
    private readonly Dictionary<RowKey, (Uri Url, IReadOnlyList<FirstTry> Tries)> _tries = [];

    /// <summary>A row as a result has it.</summary>
    public Func<ResultRow, ResultRow> Seen { get; init; } = static row => row;

    /// <summary>Gives a row its status without launches: its target is unreachable, or its platform cannot do it.</summary>
    public void Settle(RowKey row, RowStatus status, string reason) => _settled[row] = (status, reason);

    /// <summary>Gives a row what was found without launches.</summary>
    public void Settle(RowKey row, Func<ResultRow, ResultRow> found) => _found[row] = found;

    /// <summary>Tells whether the row's calls share connections, and why not.</summary>
    public void Judge(RowKey row, ReuseVerdict verdict) => _verdicts[row] = verdict;

    /// <summary>Tells which addresses of its name each connection of a row tries in vain.</summary>
    public void Tried(RowKey row, Uri url, IReadOnlyList<FirstTry> tries) => _tries[row] = (url, tries);

    /// <summary>The row as it stands.</summary>
    public ResultRow Row(RowKey row) => Build(plan.Of(row));

    /// <summary>Whether something is known of the row: a launch, or why there is none.</summary>
    public bool IsBooked(RowKey row) => _launches[row].Count > 0 || _settled.ContainsKey(row) || _found.ContainsKey(row);

    /// <summary>What was counted in the timed iterations of a benchmark so far.</summary>
    public IReadOnlyList<CountedIteration> IterationsOf(BenchmarkCase benchmark) =>
        [.. _launches[plan.Of(benchmark).Key].SelectMany(launch => launch.Report?.Iterations ?? [])];

    /// <summary>Books a launch that has ended.</summary>
    public void Book(Launched launched)
    {
        ArgumentNullException.ThrowIfNull(launched);
        var seconds = launched.Result.IsSuccess ? launched.Result.Measurements.Where(IsTimed).Select(measurement => measurement.Nanoseconds / 1e9).ToArray() : [];
        var report = launched.Note is null ? null : JsonSerializer.Deserialize(launched.Note, LaunchJson.Default.LaunchReport);
        _launches[plan.Of(launched.Benchmark).Key].Add(new LaunchRecord(launched.Launch, seconds, report)
        {
            Turns = launched.Turns > 0 && seconds.Length % launched.Turns == 0 ? launched.Turns : 0, // otherwise they cannot be told apart
        });
    }

    /// <summary>What the iterations of a row's latest launch took; empty where it failed.</summary>
    public IReadOnlyList<double> SecondsOf(RowKey row) => _launches[row] is [.., var latest] ? latest.IterationSeconds : [];

    /// <summary>The reason why a row has failed so far; null when it has not.</summary>
    public string? FailureOf(RowKey row) => Build(plan.Of(row)) is { Status: RowStatus.Failed } failed ? failed.Reason : null;

    /// <summary>The result as it stands.</summary>
    public ResultFile ToResult(RunEnvironment environment, Run run)
    {
        var rows = plan.Rows.Select(Build).Select(Seen).ToArray();
        return new ResultFile { Environment = environment, Runs = [run], Rows = rows, Ratios = [.. Ratios.Of(rows).Select(ratio => RatioModels.Of(ratio, rows, LinkModel.SlowStartRoundTrips))] };
    }

    private static bool IsTimed(Measurement measurement) =>
        measurement is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual };

    private ResultRow Build(PlannedRow planned)
    {
        var key = planned.Key;
        var row = new ResultRow
        {
            Target = key.TargetId,
            Url = urlOf(key),
            Client = key.Client,
            Parameters = key.Parameters,
            Requests = planned.Plan.Requests,
            Declared = key.Pattern.Declare(planned.Plan.Requests),
            Method = planned.Alone is not null ? Method.Alone : _launches[key].Any(launch => launch.Turns > 0) ? Method.Turns : Method.OneAfterAnother,
            MethodReason = planned.Alone,
            Status = RowStatus.NotRun,
            Verdict = _verdicts.GetValueOrDefault(key),
        };
        if (_found.TryGetValue(key, out var found))
        {
            return found(row);
        }

        return _settled.TryGetValue(key, out var settled) && _launches[key].Count == 0
            ? row with { Status = settled.Status, Reason = settled.Reason }
            : WithTries(key, RowBuilder.Build(row, key.Pattern, _launches[key], planned.Rounds, local: key.TargetId != TargetIds.Real));
    }

    private ResultRow WithTries(RowKey key, ResultRow built) => _tries.TryGetValue(key, out var tried) && FirstTries.Reason(tried.Tries, tried.Url, built) is { } reason
        ? built with { Reason = built.Reason is { } other ? $"{other}; {reason}" : reason }
        : built;
}
