namespace ConnectionReuse.Bench.Running;

/// <summary>Standard output, as the program was started with it.</summary>
internal static class StandardOutput
{
    private const string Descriptor = "/proc/self/fdinfo/1"; // proc_pid_fdinfo(5)
    private const string Flags = "flags:";
    private const int AccessMode = 3; // O_ACCMODE
    private const int ForReading = 0; // O_RDONLY

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">It was closed from the start: on Linux, what the runtime opened first has its number since, for reading.</exception>
    public static TextWriter Open() => OperatingSystem.IsLinux() && File.Exists(Descriptor) && IsForReading(File.ReadAllText(Descriptor))
        ? throw new IOException("it is closed") : Console.Out;

    /// <summary>Whether a descriptor cannot be written to.</summary>
    /// <param name="information">What Linux says of it.</param>
    internal static bool IsForReading(string information)
    {
        ArgumentNullException.ThrowIfNull(information);
        return information.Split('\n').FirstOrDefault(line => line.StartsWith(Flags, StringComparison.Ordinal)) is { } flags
            && (Convert.ToInt32(flags[Flags.Length..].Trim(), fromBase: 8) & AccessMode) == ForReading;
    }
}
