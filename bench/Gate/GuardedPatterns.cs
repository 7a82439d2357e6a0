using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Guarded;
using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Gate;

/// <summary>The client patterns that a gate knows: this program's own, and those of an assembly of the user's where one is named.</summary>
/// <param name="ById">The patterns, by their ids.</param>
/// <param name="File">The assembly's file, within the folder of each build; null for none.</param>
internal sealed record GuardedPatterns(IReadOnlyDictionary<string, ClientPattern> ById, string? File)
{
    /// <summary>This program's own patterns.</summary>
    public static GuardedPatterns Own { get; } = new(ClientPatterns.All, File: null);

    /// <summary>The ids of the user's clients.</summary>
    public IReadOnlyList<string> UsersIds => PatternAssembly.IdsOf(ById);

    /// <summary>The patterns with those of an assembly.</summary>
    /// <param name="file">Its file, within a folder.</param>
    /// <param name="folder">The folder of the build in question.</param>
    /// <exception cref="UserException">It has none.</exception>
    public static GuardedPatterns Of(string file, string folder)
    {
        try
        {
            return new GuardedPatterns(PatternAssembly.Load(Path.Combine(folder, file)), file);
        }
        catch (InvalidDataException e)
        {
            throw new UserException(ExitCode.WrongUse, $"--patterns {e.Message}");
        }
    }

    /// <summary>The assembly's file in the folder of a build; null without an assembly.</summary>
    public string? In(string folder) => File is null ? null : Path.Combine(folder, File);

    /// <summary>The pattern of a row.</summary>
    public ClientPattern Of(StationRow row) => ById[row.Client];
}
