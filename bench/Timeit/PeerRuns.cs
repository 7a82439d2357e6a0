using ConnectionReuse.Peers;
using ConnectionReuse.Reporting.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>The same calls by other tools, each connection counted by our server.</summary>
/// <param name="plan">What our own process was told.</param>
/// <param name="own">The rows that it gave.</param>
/// <param name="console">Where progress is shown.</param>
/// <param name="time">Names the order.</param>
public sealed class PeerRuns(TimeitPlan plan, IReadOnlyList<ResultRow> own, IAnsiConsole console, TimeProvider time)
{
    private readonly List<ResultRow> _rows = [];

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<ResultRow> Rows => _rows;

    /// <summary>Runs every tool that is installed on every target, its fresh and its reusing way in turn.</summary>
    /// <returns>True when the user ended it.</returns>
    public async Task<bool> RunAsync(CancellationToken interrupted)
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-");
        try
        {
            await new LiveLine(console, time).WhileAsync("other tools", show => RunAsync(folder, show, interrupted));
            return false;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return true;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAsync(DirectoryInfo folder, Action<string> show, CancellationToken interrupted)
    {
        foreach (var tool in PeerTools.All)
        {
            var installed = await tool.FindAsync(interrupted);
            foreach (var target in plan.Targets)
            {
                await RunAsync(tool, installed, target, Authority(folder, target), show, interrupted);
            }
        }
    }

    private static string? Authority(DirectoryInfo folder, TimeitTarget target)
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

        using var control = target.Server is { } server ? new ServerControl(server.ControlPort) : null;
        var order = new Random(unchecked((int)time.GetTimestamp()));
        for (var round = 1; round <= plan.Repeat; round++)
        {
            show($"{target.Id} {rows[0].Tool}: block {round} of {plan.Repeat}, {plan.Requests} calls each way");
            foreach (var index in Enumerable.Range(0, rows.Length).OrderBy(_ => order.Next()).ToArray())
            {
                if (rows[index].Status != RowStatus.Failed)
                {
                    rows[index] = await BlockAsync(rows[index], installed, tool.Rows[index], target, control, round, authority, interrupted);
                }
            }
        }

        _rows.AddRange(rows.Select(row => row.WithFigures()));
    }

    private async Task<ResultRow> BlockAsync(
        ResultRow row, InstalledPeer installed, PeerRow way, TimeitTarget target, ServerControl? control, int round, string? authority, CancellationToken interrupted)
    {
        var before = control?.Mark(target.Id);
        try
        {
            var measured = await installed.RunAsync(way, target.Url, plan.Requests, authority, interrupted);
            var after = control?.Mark(target.Id);
            return row with
            {
                Status = RowStatus.Measured,
                Launches = [.. row.Launches, new Launch(round, [measured.Seconds])],
                Connections = after?.ConnectionsUsed,
                ConnectionsOpened = after?.ConnectionsOpened - before?.ConnectionsOpened,
                FullHandshakes = after?.FullHandshakes - before?.FullHandshakes,
                ResumedHandshakes = after?.ResumedHandshakes - before?.ResumedHandshakes,
            };
        }
        catch (IOException e)
        {
            return row with { Status = RowStatus.Failed, Reason = e.Message, Failures = 1, Launches = [] };
        }
    }

    private ResultRow Empty(PeerTool tool, InstalledPeer? installed, PeerRow row, TimeitTarget target)
    {
        var sibling = own.First(each => each.Target == target.Id && each.Url == PublicUrl.Of(target.Url));
        return new ResultRow
        {
            Target = target.Id,
            Url = sibling.Url,
            Client = row.Id,
            Parameters = sibling.Parameters,
            Link = sibling.Link,
            Requests = plan.Requests,
            Status = RowStatus.NotRun,
            Tool = $"{tool.Id} {installed?.Version}".Trim(),
            ToolChecksCertificates = tool.ChecksCertificates,
        };
    }
}
