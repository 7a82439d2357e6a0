using System.Globalization;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Serve;

/// <summary>Serves local targets to clients that come over a network, from the first look at the ports to the totals.</summary>
/// <param name="options">What was asked.</param>
/// <param name="output">Where it is said where they are, and what they counted.</param>
internal sealed class NetworkServe(ServeOptions options, TextWriter output)
{
    // Said to whoever started it that clients may come: programs wait for these very words.
    private const string End = "Ctrl-C ends it.";

    private const string Pinned = "on one core";

    /// <summary>Serves until it is interrupted, or nobody has come for too long.</summary>
    /// <exception cref="UserException">It cannot.</exception>
    /// <exception cref="IOException">The server's process has ended by itself.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        FreePorts.Ensure(options.Address, options.Port, options.Targets);
        try
        {
            await using var folder = TemporaryFolder.Create("serve");
            await using var server = await ServerStart.StartOnNetworkAsync(options.Targets, await SetupAsync(interrupted), interrupted);
            await new ServerWarmUp(server, options.Address).RunAsync(interrupted);
            var before = await CountsAsync(server);
            await server.AskAsync(ControlProtocol.Admit, interrupted);
            await TellReadyAsync(server.Ready, folder, interrupted);
            await ServeAsync(server, before, interrupted);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // before it was ready: nobody has called
        }

        return ExitCode.Done; // that is how it ends
    }

    private async Task<NetworkSetup> SetupAsync(CancellationToken interrupted)
    {
        var environment = await EnvironmentReader.ReadAsync(PassedOn.Nothing, interrupted);
        return new NetworkSetup
        {
            Address = options.Address.ToString(),
            Host = options.Host,
            Port = options.Port,
            Allowed = options.Allowed,
            Token = options.Token,
            IdleLimit = options.IdleLimit,
            Environment = environment with { Placement = Turns.Placement.Name == Turns.Placement.Free ? Turns.Placement.Free : Pinned },
        };
    }

    private async Task TellReadyAsync(ServerReady ready, TemporaryFolder folder, CancellationToken interrupted)
    {
        var authority = Path.Combine(folder.FullName, "authority.pem");
        await File.WriteAllTextAsync(authority, ready.AuthorityPem, interrupted);
        foreach (var id in options.Targets)
        {
            await output.WriteLineAsync($"{id,-15} {ready.Targets[id]}");
        }

        await output.WriteLineAsync($"{"trust",-15} {authority}");
        await output.WriteLineAsync($"Ready for one client at a time, by --server {options.Control}. {End}");
        await output.FlushAsync(interrupted);
    }

    private async Task ServeAsync(ServerProcess server, Counts[] before, CancellationToken interrupted)
    {
        Counts[] after;
        try
        {
            after = [.. (await server.EndAsync(interrupted)).Select(CountsLine.Parse)];
            await output.WriteLineAsync($"Nobody has come for {Duration.Text(options.IdleLimit!.Value.TotalSeconds)}: it ends.");
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            after = await CountsAsync(server);
        }

        foreach (var (id, counts) in options.Targets.Zip(after.Zip(before, (now, then) => now - then)))
        {
            await output.WriteLineAsync($"{id,-15} {Words(counts, TargetIds.IsTls(id))}");
        }

        await output.FlushAsync(CancellationToken.None);
    }

    // Not by the token that has ended it.
    private async Task<Counts[]> CountsAsync(ServerProcess server)
    {
        var counts = new List<Counts>();
        foreach (var id in options.Targets)
        {
            counts.Add(CountsLine.Parse(await server.AskAsync(id, CancellationToken.None)));
        }

        return [.. counts];
    }

    private static string Words(Counts counts, bool tls) => string.Create(CultureInfo.InvariantCulture,
        $"{counts.Accepted} connections, {counts.Requests} requests{(tls ? $", {counts.FullHandshakes} full and {counts.ResumedHandshakes} resumed TLS handshakes" : "")}");
}
