using System.CommandLine;

namespace ConnectionReuse.Bench.Commands;

/// <summary>What this program's own child processes run: not for users, so not in the help.</summary>
internal static class RoleCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "role";

    /// <summary>The command; each role is a command below it.</summary>
    public static Command Create() => new(Name, "Runs a part of a measurement in a process of its own.")
    {
        Hidden = true,
        Subcommands = { ServerCommand.Create(), StationCommand.Create(), ExhaustionCommand.Create(), MemoryCommand.Create(), GuardCommand.Create() },
    };
}
