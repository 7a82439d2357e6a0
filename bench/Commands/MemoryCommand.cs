using System.CommandLine;
using System.Text.Json;
using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The role of the process whose memory is watched; it learns by its standard input where the servers are.</summary>
internal static class MemoryCommand
{
    /// <summary>The role's name.</summary>
    public const string Name = "memory";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var target = new Argument<string>("target");
        var requests = new Argument<int>("requests");
        var command = new Command(Name, "Makes requests and looks at the memory of both ends.") { target, requests };
        command.SetAction(async (result, token) => (int)await RunAsync(result.GetValue(target)!, result.GetValue(requests), token));
        return command;
    }

    private static async Task<ExitCode> RunAsync(string target, int requests, CancellationToken token)
    {
        try
        {
            var ready = JsonSerializer.Deserialize((await Console.In.ReadLineAsync(token))!, ServerJson.Default.ServerReady)!;
            using var control = ServerControl.To(ready.Control);
            var verdict = new MemoryVerdict(await MemoryGrowth.MeasureAsync(ready.Target(target), control, requests, TimeProvider.System, token));
            await Console.Out.WriteLineAsync(verdict.ToString());
            return verdict.Holds ? ExitCode.Done : ExitCode.DoesNotHold;
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !token.IsCancellationRequested)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"could not measure: {Failure.Describe(e)}");
        }
    }
}
