using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>The untimed calls before BenchmarkDotNet starts: they show the documented log lines and tell which rows can be measured.</summary>
/// <param name="context">Where the targets are.</param>
/// <param name="plan">What will be run.</param>
/// <param name="ledger">Rows that cannot be measured are settled in it.</param>
/// <param name="output">Where it is said beforehand what a real target will get.</param>
/// <param name="time">Tells what a try in vain costs.</param>
internal sealed class FirstCalls(RunContext context, ComparisonPlan plan, RowLedger ledger, TextWriter output, TimeProvider time)
{
    // Five times what the JIT counts before it compiles a method again.
    private const int ServerWarmupCalls = 150;

    private IEnumerable<RowKey> Rows => plan.Rows.Select(row => row.Key);

    /// <summary>Makes the first calls of every row. What does not answer becomes a row with its reason, never a time.</summary>
    /// <returns>The rows whose target answers.</returns>
    public async Task<HashSet<RowKey>> ShowAsync(CancellationToken interrupted)
    {
        await AnnounceAsync();
        foreach (var row in Rows.Where(row => row.Unsupported is not null))
        {
            ledger.Settle(row, RowStatus.Unsupported, row.Unsupported!);
        }

        var unreachable = await UnreachableAsync(interrupted);
        foreach (var row in Rows.Where(row => row.Url is not null && unreachable.ContainsKey(row.Url)))
        {
            ledger.Settle(row, ExchangeException.IsAnswer(unreachable[row.Url!]) ? RowStatus.WrongAnswer : RowStatus.Unreachable, unreachable[row.Url!]);
        }

        foreach (var rows in Rows.Where(row => row.Unsupported is null && row.Url is not null && !unreachable.ContainsKey(row.Url)).GroupBy(row => row.Url))
        {
            var url = context.Target(rows.First().TargetId, rows.Key).Uri;
            var tries = await FirstTries.OfAsync(context.Request, url, time, interrupted);
            foreach (var row in rows)
            {
                ledger.Tried(row, url, tries);
            }
        }

        return [.. Rows.Where(row => row.Unsupported is null && (row.Url is null || !unreachable.ContainsKey(row.Url)))];
    }

    /// <summary>
    /// Warms the servers: the first launch must not meet one whose code is still being compiled. Nothing is proven here: a
    /// call that fails fails again in its row, where it is told.
    /// </summary>
    public async Task WarmServersAsync(CancellationToken interrupted)
    {
        if (context.StartedApart)
        {
            return; // it was warm before it said that it is ready
        }

        foreach (var row in Rows.Where(row => row.Unsupported is null && row.Url is null && row.Pattern.Floor is not null).DistinctBy(row => (row.TargetId, row.Client)))
        {
            await using var caller = row.Pattern.Open(context.Target(row.TargetId));
            try
            {
                await caller.MakeAsync(row.Pattern, ServerWarmupCalls, interrupted);
            }
            catch (Exception e) when (Failure.IsOfACall(e) && !interrupted.IsCancellationRequested)
            {
            }
        }
    }

    private async Task AnnounceAsync()
    {
        foreach (var rows in plan.Rows.Where(row => row.Key.Url is not null).GroupBy(row => row.Key.Url))
        {
            var calls = rows.Max(row => row.AllCalls);
            var words = calls is null ? $"as many {context.Request.Words} as the job decides" : $"up to {calls} {context.Request.Words}";
            await output.WriteLineAsync($"{rows.Key} will get {words} from each of {rows.Count()} clients, one at a time, {ReuseVerdicts.Announcement}{context.Request.RedirectsBesides} (--offline leaves it out)");
        }
    }

    // The real URLs that do not answer, with the reason; none of them is asked twice.
    private async Task<Dictionary<string, string>> UnreachableAsync(CancellationToken interrupted)
    {
        var unreachable = new Dictionary<string, string>(StringComparer.Ordinal);
        using var logging = PlainLines.Factory();
        var logger = logging.CreateLogger("ConnectionReuse");
        foreach (var planned in plan.Rows.Where(row => row.Key.Unsupported is null && row.Key.Class != nameof(Exhaustion)).DistinctBy(row => (row.Key.TargetId, row.Key.Url, row.Key.Client)))
        {
            var row = planned.Key;
            if (row.Url is not null && unreachable.ContainsKey(row.Url))
            {
                continue;
            }

            var failed = await LoggedCalls.ShowAsync(context.Target(row.TargetId, row.Url), row.Pattern, planned.LoggedCalls, logger, interrupted);
            if (failed is not null && row.Url is not null)
            {
                unreachable[row.Url] = failed;
            }
            else if (failed is not null && context.StartedApart)
            {
                throw new UserException(ExitCode.CouldNotMeasure, $"could not measure: {context.UrlOf(row.TargetId)} does not answer: {failed}");
            }
        }

        return unreachable;
    }
}
