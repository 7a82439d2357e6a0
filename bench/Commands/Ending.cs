using System.Net.Sockets;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Commands;

/// <summary>How the program ends with an error: one line and an exit code.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Line">What happened.</param>
internal sealed record Ending(ExitCode Code, string Line)
{
    /// <summary>The end that an error makes; null for one that is a mistake of this program's.</summary>
    public static Ending? Of(Exception error) => error switch
    {
        UserException user => new Ending(user.ExitCode, user.Message),
        IOException or UnauthorizedAccessException or SocketException => new Ending(ExitCode.CouldNotMeasure, $"could not measure: {error.Message}"),
        _ => null,
    };
}
