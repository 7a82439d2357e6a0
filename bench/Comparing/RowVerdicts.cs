using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>Finds out who ended the connections of rows that lost them, once everything is measured.</summary>
/// <param name="context">Where the targets are.</param>
/// <param name="plan">The rows.</param>
/// <param name="ledger">What came back of them, and where the verdicts go.</param>
/// <param name="time">Dates certificates.</param>
internal sealed class RowVerdicts(RunContext context, ComparisonPlan plan, RowLedger ledger, TimeProvider time)
{
    /// <summary>Makes the calls: a real target is asked once for all of its rows, and each client of <see cref="LosingReuse"/> its own.</summary>
    public async Task FindAsync(CancellationToken cancellationToken)
    {
        RowKey[] rows = [.. plan.Rows.Select(row => row.Key)];
        foreach (var real in rows.Where(row => row.Url is not null).GroupBy(row => row.Url))
        {
            RowKey[] wanted = [.. real.Where(row => ReuseVerdicts.IsWantedFor(ledger.Row(row)))];
            await JudgeAsync(wanted, cancellationToken);
        }

        foreach (var losing in rows.Where(row => row.Class == nameof(LosingReuse) && ledger.Row(row).HasTimes()))
        {
            await JudgeAsync([losing], cancellationToken);
        }
    }

    private async Task JudgeAsync(RowKey[] rows, CancellationToken cancellationToken)
    {
        if (rows.Length > 0 && await ReuseVerdicts.OfAsync(rows[0].Pattern, context.Target(rows[0].TargetId, rows[0].Url), time, cancellationToken) is { } verdict)
        {
            foreach (var row in rows)
            {
                ledger.Judge(row, row.Url is null ? verdict : ReuseVerdicts.Beside(ledger.Row(row), verdict));
            }
        }
    }
}
