using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Requests;

/// <summary>Files that options name.</summary>
internal static class InputFile
{
    private const int MostBytes = 16 << 20; // everything is kept in memory, and sent with each call

    /// <summary>Reads one.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">Its path, as it was typed.</param>
    /// <exception cref="UserException">It cannot be read.</exception>
    public static byte[] Bytes(string option, string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length > MostBytes ? throw Wrong($"{option} {path}: more than {MostBytes >> 20} MiB")
                : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Wrong($"{option} {path}: there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong($"{option} {path}: {(e is UnauthorizedAccessException ? Directory.Exists(path) ? "a folder, not a file" : "it may not be read" : Cause.Of(e))}");
        }
    }

    /// <summary>Reads one of text.</summary>
    /// <exception cref="UserException">It cannot be read.</exception>
    public static string Text(string option, string path)
    {
        using var reader = new StreamReader(new MemoryStream(Bytes(option, path))); // which knows a byte order mark
        return reader.ReadToEnd();
    }

    private static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
