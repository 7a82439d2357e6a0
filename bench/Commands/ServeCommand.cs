using System.CommandLine;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Serve;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>serve</c> verb: the local targets for any client, behind an emulated link if asked, until Ctrl-C.</summary>
internal static class ServeCommand
{
    /// <summary>The verb's name.</summary>
    public const string Name = "serve";

    private static readonly string[] Controls = [TargetIds.KestrelHttp, TargetIds.KestrelHttps];

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var targets = new Argument<string[]>("target") { Description = "Local targets; none: kestrel-http and kestrel-https", Arity = ArgumentArity.ZeroOrMore };
        targets.AcceptOnlyFromAmong([.. TargetIds.Local, TargetIds.KestrelH2c, TargetIds.KestrelHttp3, .. Controls.Select(id => id + LocalServers.Uncounted)]);
        var respond = CommonOptions.Respond();
        var links = new LinkOptionSet();
        var network = new NetworkOptionSet();
        var command = new Command(Name, "Serves local targets to any client, until Ctrl-C.") { targets, respond };
        foreach (var option in links.All.Concat(network.All))
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, interrupted) =>
        {
            string[] ids = [.. (result.GetValue(targets) is { Length: > 0 } given ? given : Controls).Distinct()];
            if (network.Read(result, ids) is { } options)
            {
                return ((Option[])[respond, .. links.All]).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } ours
                    ? throw CommonOptions.Wrong($"{ours.Name} is for clients of yours: --server counts on the plain answer, over the network that there is")
                    : (int)await new NetworkServe(options, Console.Out).RunAsync(interrupted);
            }

            var link = LinkOptionSet.LinkOf(links.Given(result));
            var responses = CommonOptions.Responses(result.GetValue(respond));
            ServerNeeds.Ensure(ids);
            await using var servers = await LocalServers.StartAsync(ids, breakHalf: false, link, TimeProvider.System, interrupted, responses);
            return (int)await ServeAsync(servers, Console.Out, interrupted);
        });
        return command;
    }

    private static async Task<ExitCode> ServeAsync(LocalServers servers, TextWriter output, CancellationToken interrupted)
    {
        await using var folder = TemporaryFolder.Create("serve");
        try
        {
            var authority = Path.Combine(folder.FullName, "authority.pem");
            await File.WriteAllTextAsync(authority, servers.AuthorityPem, interrupted);
            foreach (var (id, server) in servers.ByTarget)
            {
                await output.WriteLineAsync($"{id,-15} {server.Uri}");
            }

            await output.WriteLineAsync($"{"trust",-15} {authority}");
            await output.WriteLineAsync("Ctrl-C ends it.");
            await output.FlushAsync(interrupted);
            await Task.Delay(Timeout.InfiniteTimeSpan, interrupted);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ExitCode.Done; // that is how it ends
        }
    }
}
