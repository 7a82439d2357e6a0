namespace ConnectionReuse.Processes;

/// <summary>The folders in which the machine looks for programs.</summary>
internal static class SearchPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The path of a program; null where there is none. The current folder is not searched.</summary>
    public static string? Find(string program) => Find(program, Environment.GetEnvironmentVariable("PATH"));

    /// <inheritdoc cref="Find(string)"/>
    public static string? Find(string program, string? searchPath) => (searchPath ?? string.Empty)
        .Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program))
        .FirstOrDefault(CanRun);

    private static bool CanRun(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != 0);
}
