using System.CommandLine;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The role of a process that makes calls.</summary>
internal static class StationCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(StationProtocol.Role, "Makes calls when it is asked to, until standard input closes.");
        command.SetAction((_, _) =>
        {
            // Ctrl-C reaches every process of the terminal, and is left alone: this one ends when the run closes its input.
            StationProgram.Serve(Console.In, Console.Out);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
