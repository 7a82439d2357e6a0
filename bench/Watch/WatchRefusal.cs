using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Watch;

/// <summary>Why a process that exists cannot be watched, in one line.</summary>
internal static class WatchRefusal
{
    /// <summary>The refusal.</summary>
    /// <param name="id">The process.</param>
    /// <param name="name">Its name.</param>
    /// <param name="looks">What it looks like.</param>
    /// <param name="belongsToAnother">Whether its port did not let this user in.</param>
    public static UserException Of(int id, string name, Looks looks, bool belongsToAnother) => (looks, belongsToAnother) switch
    {
        (Looks.Hidden, _) or (_, true) => new(ExitCode.CouldNotMeasure, $"{id} ({name}) belongs to another user: watch it as that user, or as root"),
        (Looks.Gone, _) => new(ExitCode.WrongUse, $"{id} ({name}) has ended"),
        (Looks.DotNet, _) => new(ExitCode.CouldNotMeasure, $"{id} ({name}) has no diagnostic port: it was started with DOTNET_EnableDiagnostics=0, or with another temporary folder (TMPDIR)"),
        _ => new(ExitCode.WrongUse, $"{id} ({name}) is not a .NET process; {ProgramName.Typed} watch lists those that can be watched"),
    };
}
