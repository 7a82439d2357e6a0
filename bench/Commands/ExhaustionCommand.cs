using System.CommandLine;
using System.Runtime.Versioning;
using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.OutOfPorts;
using ConnectionReuse.Ports;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The role of the process that runs out of ports.</summary>
internal static class ExhaustionCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "exhaustion";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var outside = new Argument<string>("outside");
        var command = new Command(Name, "Runs out of ports in the network namespace that it was started in.") { outside };
        command.SetAction(async (result, token) =>
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new UserException(ExitCode.WrongUse, PortNamespace.Unsupported!);
            }

            try
            {
                PortNamespace.Open(result.GetValue(outside)!);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UserException(ExitCode.WrongUse, e.Message);
            }

            var report = await ReportAsync(token);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, ExhaustionJson.Default.ExhaustionReport));
            return (int)ExitCode.Done;
        });
        return command;
    }

    [SupportedOSPlatform("linux")]
    private static async Task<ExhaustionReport> ReportAsync(CancellationToken token)
    {
        try
        {
            return await PortExhaustion.RunAsync(token);
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !token.IsCancellationRequested)
        {
            throw new UserException(ExitCode.CouldNotMeasure, Failure.Describe(e));
        }
    }
}
