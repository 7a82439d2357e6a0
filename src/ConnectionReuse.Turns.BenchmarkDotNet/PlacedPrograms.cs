using BenchmarkDotNet.Toolchains;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>
/// The marks of placed programs: a file beside each stays locked while its run lives, so that a later run can tell what a run
/// that was killed has left behind, and removes it.
/// </summary>
internal sealed class PlacedPrograms
{
    private const string Mark = ".placed";

    private readonly List<FileStream> _held = []; // by nobody's will but the process's end

    /// <summary>The mark of a program.</summary>
    /// <param name="program">Its path, which ends in the id of its process.</param>
    public static string MarkOf(string program) => Path.ChangeExtension(program, Mark);

    /// <summary>Marks a program that is about to be placed, and removes those of dead runs in the same folder.</summary>
    public void Take(ArtifactsPaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);

        // Shared, for on Unix nothing else but a lock of one's own keeps others out, and on Windows it may be deleted at the end.
        _held.Add(new FileStream(MarkOf(paths.ExecutablePath), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Delete));
        foreach (var mark in Directory.GetFiles(Path.GetDirectoryName(paths.ExecutablePath)!, "*" + Mark).Where(mark => !IsHeld(mark)))
        {
            Remove(mark);
        }
    }

    private static bool IsHeld(string mark)
    {
        try
        {
            using var free = new FileStream(mark, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // by a run that lives, or it belongs to somebody else, or is gone
        }
    }

    // The program's own files, and its code and settings, which BenchmarkDotNet names without the id of the process.
    private static void Remove(string mark)
    {
        var folder = Path.GetDirectoryName(mark)!;
        var placed = Path.GetFileNameWithoutExtension(mark);
        var program = placed[..placed.LastIndexOf('-')];
        string[] files = [.. Directory.GetFiles(folder, placed + ".*").Where(file => file != mark)];
        if (!Directory.EnumerateFiles(folder, $"{program}-*{Mark}").Any(other => other != mark))
        {
            files = [.. files, Path.Combine(folder, program + ".notcs"), Path.Combine(folder, program + ".config")];
        }

        foreach (var file in (string[])[.. files, mark])
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return; // the mark stays with it, for the next run
            }
        }
    }
}
