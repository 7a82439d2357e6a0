using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Connections;
using ConnectionReuse.Peers;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>The same calls by other tools, each connection counted by our server.</summary>
/// <param name="plan">What our own processes did.</param>
/// <param name="own">The rows that it gave.</param>
/// <param name="console">Where progress is shown.</param>
/// <param name="time">Names the order.</param>
/// <param name="begun">When the run began.</param>
internal sealed class PeerRuns(TimeitPlan plan, IReadOnlyList<ResultRow> own, IAnsiConsole console, TimeProvider time, long begun)
{
    private readonly List<ResultRow> _rows = [];
    private readonly Dictionary<TimeitTarget, string> _leftAlone = [];

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<ResultRow> Rows => _rows;

    /// <summary>Runs every tool that is installed on every target, its fresh and its reusing way in turn.</summary>
    /// <returns>True when the user ended it.</returns>
    public async Task<bool> RunAsync(CancellationToken interrupted)
    {
        await using var folder = TemporaryFolder.Create("peers");
        try
        {
            var doing = "other tools";
            await new StatusLine(console, time, begun).WhileAsync(() => doing, () => RunAsync(folder, line => doing = line, interrupted));
            return false;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task RunAsync(TemporaryFolder folder, Action<string> show, CancellationToken interrupted)
    {
        foreach (var target in plan.Targets)
        {
            if (Siblings(target).FirstOrDefault(row => row.Status == RowStatus.Failed) is { } failed)
            {
                _leftAlone[target] = $"the target is left alone since {failed.Client} failed";
            }
            else if (!Siblings(target).Any(row => row.HasTimes()))
            {
                _leftAlone[target] = Siblings(target).Any(row => row.Status == RowStatus.WrongAnswer) ? "the target did not answer our own calls as asked" : "the target did not answer our own calls";
            }
        }

        foreach (var tool in PeerTools.All)
        {
            var installed = await tool.FindAsync(interrupted);
            foreach (var target in plan.Targets)
            {
                await RunAsync(tool, installed, target, Authority(folder, target), show, interrupted);
            }
        }
    }

    private static string? Authority(TemporaryFolder folder, TimeitTarget target)
    {
        if (target.Server is not { } server)
        {
            return null;
        }

        var path = Path.Combine(folder.FullName, "authority.pem");
        File.WriteAllText(path, server.AuthorityPem);
        return path;
    }

    private async Task RunAsync(
        PeerTool tool, InstalledPeer? installed, TimeitTarget target, string? authority, Action<string> show, CancellationToken interrupted)
    {
        var rows = tool.Rows.Select(row => Empty(tool, installed, row, target)).ToArray();
        if (installed is null)
        {
            _rows.AddRange(rows.Select(row => row with { Status = RowStatus.Unsupported, Reason = $"{tool.Id} is not installed: {tool.Package}" }));
            return;
        }

        if (tool.Refuses(target.Url) is { } refusal)
        {
            _rows.AddRange(rows.Select(row => row with { Status = RowStatus.Unsupported, Reason = refusal }));
            return;
        }

        if (_leftAlone.TryGetValue(target, out var reason))
        {
            _rows.AddRange(rows.Select(row => row with { Reason = reason }));
            return;
        }

        using var control = target.Server is { } server ? ServerControl.To(server.Control) : null;
        var order = new Random(plan.Seed);
        for (var round = 1; round <= plan.Turns; round++)
        {
            show($"{target.Id} {rows[0].Declared.Tool!.Name}: block {round} of {plan.Turns}, {plan.Requests} calls each way");
            foreach (var index in Enumerable.Range(0, rows.Length).OrderBy(_ => order.Next()).ToArray())
            {
                if (rows[index].Status == RowStatus.Failed || _leftAlone.ContainsKey(target))
                {
                    continue;
                }

                rows[index] = await BlockAsync(rows[index], installed, tool.Rows[index], target, control, round, authority, interrupted);
                if (rows[index].Status == RowStatus.Failed && control is null)
                {
                    _leftAlone[target] = $"the target is left alone since {rows[index].Client} failed"; // somebody else's server
                }
            }
        }

        _rows.AddRange(rows.Select(row => row.Status switch
        {
            RowStatus.NotRun => row with { Reason = _leftAlone[target] },
            RowStatus.Measured when row.Launches.Count < plan.Turns => (row with { Status = RowStatus.Partial, Reason = _leftAlone[target] }).WithFigures(),
            _ => row.WithFigures(),
        }));
    }

    private async Task<ResultRow> BlockAsync(
        ResultRow row, InstalledPeer installed, PeerRow way, TimeitTarget target, ServerControl? control, int round, string? authority, CancellationToken interrupted)
    {
        var before = control?.Mark(target.Id);
        try
        {
            var measured = await installed.RunAsync(way, target.Url, plan.Requests, authority, interrupted);
            var seen = Counts.Between(before, control?.Mark(target.Id)) is { } counted ? counted with { Opened = counted.Accepted } : null; // as only the server can tell
            return row with
            {
                Status = RowStatus.Measured,
                Reason = control is null && way.Reuses && measured.Connections > 1 ? $"asked to reuse its connection, it opened {measured.Connections} by its own count" : row.Reason,
                Launches = [.. row.Launches, new Launch(round, [measured.Seconds])],
                Counts = row.Counts is { } sum && seen is not null ? sum + seen : seen,
                CountedIterations = row.CountedIterations + 1,
            };
        }
        catch (IOException e)
        {
            return row with { Status = RowStatus.Failed, Reason = e.Message, Failures = 1, Launches = [] };
        }
    }

    private IEnumerable<ResultRow> Siblings(TimeitTarget target) => own.Where(row => row.Target == target.Id && row.Url == PublicUrl.Of(target.Url));

    private ResultRow Empty(PeerTool tool, InstalledPeer? installed, PeerRow row, TimeitTarget target)
    {
        var sibling = Siblings(target).First();
        return new ResultRow
        {
            Target = target.Id,
            Url = sibling.Url,
            Client = row.Id,
            Parameters = sibling.Parameters,
            Declared = tool.Declare(row, installed?.Version),
            Method = Method.Timeit,
            Requests = plan.Requests,
            Status = RowStatus.NotRun,
        };
    }
}
