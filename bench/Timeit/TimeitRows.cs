using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Links;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>Makes the rows and ratios of a result file out of what the stations told.</summary>
/// <param name="plan">What was to be done.</param>
/// <param name="parameters">What else tells the rows apart.</param>
internal sealed class TimeitRows(TimeitPlan plan, RowParameters parameters)
{
    private readonly List<TimeitEvent> _events = [];

    /// <summary>Takes an event in.</summary>
    public void Add(TimeitEvent told)
    {
        lock (_events)
        {
            _events.Add(told);
        }
    }

    /// <summary>The rows as they stand: blocks that are complete count.</summary>
    public IReadOnlyList<ResultRow> Rows()
    {
        TimeitEvent[] events;
        lock (_events)
        {
            events = [.. _events];
        }

        return [.. plan.Targets.SelectMany((target, index) =>
            target.Clients.Select(client => Row(target, ClientPatterns.All[client], [.. events.Where(told => told.Target == index)])))];
    }

    /// <summary>The ratios of the rows, each with what the limit model makes of it.</summary>
    public static IReadOnlyList<ResultRatio> RatiosOf(IReadOnlyList<ResultRow> rows) => [.. Ratios.Of(rows).Select(ratio => RatioModels.Of(ratio, rows, LinkModel.SlowStartRoundTrips, onLoopbackToo: true))];

    private ResultRow Row(TimeitTarget target, ClientPattern pattern, TimeitEvent[] events)
    {
        var real = target.Id == TargetIds.Real;
        var url = PublicUrl.Of(target.Url);
        var row = new ResultRow
        {
            Target = target.Id,
            Url = url,
            Client = pattern.Id,
            Parameters = real ? parameters with { Url = url, Link = null } : parameters,
            Declared = pattern.Declare(plan.Requests),
            Method = Method.Timeit,
            Requests = plan.Requests,
            Status = RowStatus.NotRun,
        };
        if (target.Unsupported.TryGetValue(pattern.Id, out var unsupported))
        {
            return row with { Status = RowStatus.Unsupported, Reason = unsupported };
        }

        if (events.Select(told => told.Unreachable).FirstOrDefault(reason => reason is not null) is { } unreachable)
        {
            return row with { Status = ExchangeException.IsAnswer(unreachable) ? RowStatus.WrongAnswer : RowStatus.Unreachable, Reason = unreachable };
        }

        var blocks = events.Where(told => told.Client == pattern.Id && told.Report is not null)
            .Select(told => new LaunchRecord(told.Round, told.Seconds is { } seconds ? [seconds] : [], told.Report))
            .ToArray();
        var firstCalls = events.Where(told => told.Client == pattern.Id && told.FirstCallSeconds is not null).ToDictionary(told => told.Round, told => told.FirstCallSeconds);
        var blocksOfATurn = plan.BlocksOfATurn(target, pattern);
        var planned = plan.Turns * blocksOfATurn;
        var rounds = Rounds(plan.ConnectIsTimed && pattern.Reuses ? WithoutConnect(blocks) : blocks, plan.Repeat * blocksOfATurn, firstCalls);
        var built = RowBuilder.Build(row, pattern, rounds, rounds.Count, local: !real);
        if (blocks.Length == 0 && events.FirstOrDefault(told => told.Report?.Failures > 0) is { } failed)
        {
            return row with { Reason = $"the target is left alone since {failed.Client} failed" };
        }

        var partial = built.Status == RowStatus.Measured && blocks.Length < planned;
        var own = events.Where(told => told.Client == pattern.Id).ToArray();
        string?[] reasons =
        [
            partial ? $"{blocks.Length} of {planned} blocks" : null,
            built.Reason,
            own.Max(told => told.Cap) is { } cap ? $"the server closes after {cap} requests: {own.Count(told => told.Cap is not null)} of {blocks.Length} blocks opened the next connection untimed" : null,
            FirstTries.Reason(target.FirstTries, target.Url, built),
            own.Select(told => told.NoPhases).FirstOrDefault(reason => reason is not null) is { } reason ? $"where its time goes is not known: {reason}" : null,
        ];
        return built with
        {
            Status = partial ? RowStatus.Partial : built.Status,
            Phases = own.Select(told => told.Phases).LastOrDefault(phases => phases is not null),
            Reason = reasons.Any(reason => reason is not null) ? string.Join("; ", reasons.OfType<string>()) : null,
        };
    }

    // The blocks of a set are one process's: together they are a unit of the interval.
    private IReadOnlyList<LaunchRecord> Rounds(LaunchRecord[] blocks, int blocksOfARound, Dictionary<int, double?> firstCalls) => [.. blocks.GroupBy(block => block.Round).OrderBy(round => round.Key).Select(round => new LaunchRecord(
        round.Key,
        round.Any(block => block.IterationSeconds.Count == 0) ? [] : [.. round.SelectMany(block => block.IterationSeconds)],
        round.Last().Report! with
        {
            Iterations = [.. round.SelectMany(block => block.Report!.Iterations)],
            FirstCallSeconds = firstCalls.GetValueOrDefault(round.Key),
            Failures = round.Sum(block => block.Report!.Failures),
            Reason = round.Select(block => block.Report!.Reason).FirstOrDefault(reason => reason is not null),
        })
    {
        Turns = !plan.ConnectIsTimed && round.Count() == blocksOfARound ? plan.Repeat : 0,
    })];

    // The one connect that belongs to the first block is taken off its count: every other one is a deviation still.
    private static LaunchRecord[] WithoutConnect(LaunchRecord[] blocks) => [.. blocks.Select(block => block.Round > 1 ? block : block with
    {
        Report = block.Report! with
        {
            Iterations = [.. block.Report.Iterations.Select(iteration => iteration with
            {
                Counts = iteration.Counts with { Opened = iteration.Counts.Opened - 1, Accepted = iteration.Counts.Accepted - 1 },
            })],
        },
    })];
}
