using System.CommandLine;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The role of the process that ends another program when its own parent dies.</summary>
internal static class GuardCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(GuardedProcess.Role, "Runs the program that standard input names, and ends it when standard input closes.");
        command.SetAction((_, interrupted) => GuardedProcess.GuardAsync(Console.In, interrupted));
        return command;
    }
}
