using ConnectionReuse.Reporting.Reports;

namespace ConnectionReuse.Bench.Publishing;

/// <summary>Writes a report's folder whole or not at all.</summary>
internal static class AtomicFolder
{
    /// <summary>
    /// Writes the files into a folder beside the target and moves it there at the end. An earlier report is put aside for
    /// that moment and comes back when the move fails.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written; what was there before is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written; likewise.</exception>
    public static void Write(string folder, IEnumerable<ReportFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var parent = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(parent);
        var incoming = Path.Combine(parent, $".{Path.GetFileName(target)}-{Environment.ProcessId}"); // same parent: a move within a file system is one step
        try
        {
            foreach (var file in files)
            {
                var path = Path.Combine(incoming, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, file.Text);
            }

            Replace(target, incoming);
        }
        finally
        {
            if (Directory.Exists(incoming))
            {
                Directory.Delete(incoming, recursive: true);
            }
        }
    }

    /// <summary>Something in the folder that the files would not replace, by its name; null when there is nothing.</summary>
    public static string? Stranger(string folder, IEnumerable<ReportFile> files)
    {
        var ours = files.Select(file => file.Path.Split('/')[0]).Concat([Report.ChartFolder, Report.PictureFolder]).ToHashSet(StringComparer.Ordinal);
        return !Directory.Exists(folder) ? null
            : Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal).FirstOrDefault(name => !ours.Contains(name));
    }

    private static void Replace(string target, string incoming)
    {
        var outgoing = incoming + "-old";
        var replaces = Directory.Exists(target);
        if (replaces)
        {
            Directory.Move(target, outgoing);
        }

        try
        {
            Directory.Move(incoming, target);
        }
        catch (Exception e) when (replaces && e is IOException or UnauthorizedAccessException)
        {
            Directory.Move(outgoing, target);
            throw;
        }

        if (replaces)
        {
            Directory.Delete(outgoing, recursive: true);
        }
    }
}
