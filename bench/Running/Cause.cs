namespace ConnectionReuse.Bench.Running;

/// <summary>Why the system did not do something with a file, without the file's own name, which may be one that nobody typed.</summary>
internal static class Cause
{
    /// <summary>The cause in a few words, one line.</summary>
    public static string Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            UnauthorizedAccessException => "it may not be written",
            FileNotFoundException or DirectoryNotFoundException => "no file can be made there",
            PathTooLongException => "the path is too long",
            _ => error.Message.ReplaceLineEndings(" ").Split(" : '")[0],
        };
    }

    /// <summary>Whether the disk is full.</summary>
    public static bool IsFullDisk(Exception error)
    {
        const int NoSpace = 28; // ENOSPC
        const int DiskFull = unchecked((int)0x80070070); // Windows: ERROR_DISK_FULL
        return error is IOException { HResult: NoSpace or DiskFull } || (error is IOException && error.Message.StartsWith("No space left", StringComparison.Ordinal));
    }
}
