using System.CommandLine;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The role of the server process.</summary>
internal static class ServerCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var targets = new Argument<string[]>("targets");
        var breakHalf = new Option<bool>("--break-half");
        var respond = new Option<string?>("--respond");
        var network = new Option<bool>(ServerStart.Network);
        var links = new LinkOptionSet();
        var command = new Command("server", "Serves local targets until standard input closes.")
        { targets, breakHalf, respond, network };
        foreach (var option in links.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, _) =>
        {
            // Ctrl-C reaches every process of the terminal, and is left alone: this one ends when the run closes its input.
            if (result.GetValue(network))
            {
                await ServerProcess.ServeOnNetworkAsync(result.GetValue(targets)!, Console.In, Console.Out, TimeProvider.System, CancellationToken.None);
                return (int)ExitCode.Done;
            }

            var link = LinkOptionSet.LinkOf(links.Given(result));
            await ServerProcess.ServeAsync(
                result.GetValue(targets)!, result.GetValue(breakHalf), link, Console.In, Console.Out, TimeProvider.System, CancellationToken.None, result.GetValue(respond) is { } path ? CannedResponses.Read(path) : null);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
