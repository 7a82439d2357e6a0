using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>The untimed calls before BenchmarkDotNet starts: they show the documented log lines and tell which rows can be measured.</summary>
/// <param name="context">Where the targets are.</param>
/// <param name="selection">What was selected.</param>
/// <param name="ledger">Rows that cannot be measured are settled in it.</param>
/// <param name="requests">Requests per iteration.</param>
/// <param name="output">Where it is said beforehand what a real target will get.</param>
internal sealed class FirstCalls(RunContext context, Selection selection, RowLedger ledger, int requests, TextWriter output)
{
    // Five times what the JIT counts before it compiles a method again.
    private const int ServerWarmupCalls = 150;

    /// <summary>Makes the first calls of every row. What does not answer becomes a row with its reason, never a time.</summary>
    /// <returns>The rows whose target answers.</returns>
    public async Task<HashSet<RowKey>> ShowAsync(CancellationToken interrupted)
    {
        await AnnounceAsync();
        foreach (var row in ledger.Rows.Where(row => row.Unsupported is not null))
        {
            ledger.Settle(row, RowStatus.Unsupported, row.Unsupported!);
        }

        var unreachable = await UnreachableAsync(interrupted);
        foreach (var row in ledger.Rows.Where(row => row.Url is not null && unreachable.ContainsKey(row.Url)))
        {
            ledger.Settle(row, RowStatus.Unreachable, unreachable[row.Url!]);
        }

        return [.. ledger.Rows.Where(row => row.Unsupported is null && (row.Url is null || !unreachable.ContainsKey(row.Url)))];
    }

    /// <summary>
    /// Warms the servers: the first launch must not meet one whose code is still being compiled. Nothing is proven here: a
    /// call that fails fails again in its row, where it is told.
    /// </summary>
    public async Task WarmServersAsync(CancellationToken interrupted)
    {
        foreach (var row in ledger.Rows.Where(row => row.Unsupported is null && row.Url is null && row.Pattern.Floor is not null).DistinctBy(row => (row.TargetId, row.Client)))
        {
            await using var caller = row.Pattern.Open(context.Target(row.TargetId));
            try
            {
                for (var i = 0; i < ServerWarmupCalls; i++)
                {
                    await caller.CallAsync(interrupted);
                }
            }
            catch (Exception e) when (Failure.IsOfACall(e) && !interrupted.IsCancellationRequested)
            {
            }
        }
    }

    private async Task AnnounceAsync()
    {
        foreach (var rows in ledger.Rows.Where(row => row.Url is not null).GroupBy(row => row.Url))
        {
            var calls = rows.Max(row => selection.CallsOf(row, ledger.Rounds(row)) + LoggedCalls.CallsOf(row.Pattern, local: false, requests));
            var words = calls is null ? "as many requests as the job decides" : $"up to {calls} requests";
            await output.WriteLineAsync($"{rows.Key} will get {words} from each of {rows.Count()} clients, one at a time (--offline leaves it out)");
        }
    }

    // The real URLs that do not answer, with the reason; none of them is asked twice.
    private async Task<Dictionary<string, string>> UnreachableAsync(CancellationToken interrupted)
    {
        var unreachable = new Dictionary<string, string>(StringComparer.Ordinal);
        using var logging = PlainLines.Factory();
        var logger = logging.CreateLogger("ConnectionReuse");
        foreach (var row in ledger.Rows.Where(row => row.Unsupported is null && row.Class != nameof(Exhaustion)).DistinctBy(row => (row.TargetId, row.Url, row.Client)))
        {
            if (row.Url is not null && unreachable.ContainsKey(row.Url))
            {
                continue;
            }

            var calls = LoggedCalls.CallsOf(row.Pattern, row.Url is null, requests);
            var failed = await LoggedCalls.ShowAsync(context.Target(row.TargetId, row.Url), row.Pattern, calls, logger, interrupted);
            if (failed is not null && row.Url is not null)
            {
                unreachable[row.Url] = failed;
            }
        }

        return unreachable;
    }
}
