namespace ConnectionReuse.Results;

/// <summary>Result files on disk.</summary>
public static class ResultFiles
{
    /// <summary>What a result file is called in a run's or a report's folder.</summary>
    public const string Name = "results.json";

    /// <summary>What the table of a run is called beside it.</summary>
    public const string TableName = "timeit.md";

    /// <summary>
    /// Writes a result file, its folder included. It replaces an earlier one in one step, so that whoever reads meanwhile,
    /// or after a run that was killed, finds the old file or the new one and never half of one.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, ResultFile file) => WriteText(path, ResultJson.Serialize(file));

    /// <summary>Writes a text file in the same way.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void WriteText(string path, string text)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var unfinished = $"{target}.{Environment.ProcessId}.tmp"; // same folder: a move within a file system is one step
        try
        {
            File.WriteAllText(unfinished, text);
            File.Move(unfinished, target, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Reads a result file.</summary>
    /// <exception cref="ResultFileException">There is none, or it cannot be read; the message names the path.</exception>
    public static ResultFile Read(string path)
    {
        try
        {
            return ResultJson.Parse(File.ReadAllText(path));
        }
        catch (ResultFileException exception)
        {
            throw new ResultFileException($"{path}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ResultFileException($"{path}: no such file", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResultFileException($"{path}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
