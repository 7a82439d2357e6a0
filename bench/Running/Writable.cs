namespace ConnectionReuse.Bench.Running;

/// <summary>Checks before a measurement that its result can be written, by writing and removing a small file.</summary>
internal static class Writable
{
    private const string Devices = "/dev/";
    private const string SharedMemory = "/dev/shm/";

    // More than a result file holds: a disk with less room is full.
    private const int Room = 1 << 20;

    /// <summary>A folder in which files can be made; what this makes to see it, it removes.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="typed">Its path as it was typed.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="UserException">None can be made there; the message holds what was typed, and why.</exception>
    public static string Folder(string option, string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        if (string.IsNullOrWhiteSpace(typed))
        {
            throw Wrong($"{option} needs the name of a folder");
        }

        var folder = Path.GetFullPath(typed);
        if (System.IO.File.Exists(folder))
        {
            throw Wrong($"{option} {typed}: a file, not a folder");
        }

        Try($"{option} {typed}", folder);
        return folder;
    }

    /// <summary>A file that can be made, or replaced.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="typed">Its path as it was typed; null where the option is not given.</param>
    /// <returns>What was typed.</returns>
    /// <exception cref="UserException">It cannot; the message holds what was typed, and why.</exception>
    public static string? File(string option, string? typed)
    {
        if (typed is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(typed))
        {
            throw Wrong($"{option} needs the name of a file");
        }

        var file = Path.GetFullPath(typed);
        if (Directory.Exists(file) || Path.EndsInDirectorySeparator(typed))
        {
            throw Wrong($"{option} {typed}: a folder, not a file");
        }

        if (file.StartsWith(Devices, StringComparison.Ordinal) && !file.StartsWith(SharedMemory, StringComparison.Ordinal))
        {
            throw Wrong($"{option} {typed}: a device, not a file"); // a result replaces the file that is there
        }

        Try($"{option} {typed}", Path.GetDirectoryName(file)!);
        return typed;
    }

    private static void Try(string what, string folder)
    {
        var missing = new Stack<string>();
        for (var parent = folder; !Directory.Exists(parent); parent = Path.GetDirectoryName(parent)!)
        {
            if (System.IO.File.Exists(parent))
            {
                throw Wrong($"{what}: {Path.GetFileName(parent)} is a file, not a folder");
            }

            missing.Push(parent);
        }

        var probe = Path.Combine(folder, $".writable-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder);
            System.IO.File.WriteAllBytes(probe, new byte[Room]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Cause.IsFullDisk(e) ? new UserException(ExitCode.CouldNotMeasure, $"{what}: the disk is full") : Wrong($"{what}: {Cause.Of(e)}");
        }
        finally
        {
            Remove(probe, missing.Reverse());
        }
    }

    private static void Remove(string probe, IEnumerable<string> folders)
    {
        try
        {
            if (System.IO.File.Exists(probe))
            {
                System.IO.File.Delete(probe);
            }

            foreach (var folder in folders.Where(Directory.Exists))
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // another run has begun to use the folder meanwhile
        }
    }

    private static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
