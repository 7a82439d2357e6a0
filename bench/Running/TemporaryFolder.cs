namespace ConnectionReuse.Bench.Running;

/// <summary>
/// A folder for the time of a run, which its owner alone can read. A file in it stays locked while its run lives, so that a
/// later run can tell what a run that was killed has left behind, and removes it.
/// </summary>
internal sealed class TemporaryFolder : IAsyncDisposable
{
    private const string Prefix = "connection-reuse-";
    private const string LockName = ".run";
    private const int Attempts = 20;

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(0.1);

    private readonly FileStream _lock;

    private TemporaryFolder(string path, FileStream @lock) => (FullName, _lock) = (path, @lock);

    /// <summary>Where it lies.</summary>
    public string FullName { get; }

    /// <summary>Makes one, and removes those of runs that are dead.</summary>
    /// <param name="kind">A word of its name.</param>
    /// <exception cref="UserException">None can be made; the message names the folder where it should be.</exception>
    public static TemporaryFolder Create(string kind = "run")
    {
        RemoveThoseOfDeadRuns();
        for (var attempt = 1; ; attempt++)
        {
            // Another run may take a folder whose file is not locked yet for one of a dead run.
            if (TryLock(CreateUnlocked(kind), FileMode.CreateNew) is { } folder)
            {
                return folder;
            }

            if (attempt == Attempts)
            {
                throw new UserException(ExitCode.CouldNotMeasure, $"no file can be locked in {Path.GetTempPath()}: TMPDIR names another folder for temporary files");
            }
        }
    }

    /// <summary>A folder that stays.</summary>
    /// <param name="kind">A word of its name.</param>
    /// <exception cref="UserException">None can be made; the message names the folder where it should be.</exception>
    public static string CreateUnlocked(string kind)
    {
        var parent = Path.GetTempPath();
        try
        {
            return Directory.Exists(parent) ? Directory.CreateTempSubdirectory($"{Prefix}{kind}-").FullName
                : throw new UserException(ExitCode.CouldNotMeasure, $"the folder for temporary files does not exist: {parent} (TMPDIR names it)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"no temporary folder can be made in {parent}: {Cause.Of(e)}; TMPDIR names another");
        }
    }

    /// <summary>Whether a path is, or was, a folder of this kind whose run lives no more.</summary>
    public static bool IsOfADeadRun(string path)
    {
        if (!Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        using var held = TryLock(path, FileMode.Open)?._lock;
        return held is not null || !Directory.Exists(path);
    }

    /// <summary>Removes it; what cannot be removed now, since somebody still writes there, a later run removes.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var attempt = 1; attempt < Attempts && !TryRemove(this); attempt++)
        {
            await Task.Delay(BetweenAttempts); // a process that was killed takes a moment to go
        }

        await _lock.DisposeAsync();
    }

    private static void RemoveThoseOfDeadRuns()
    {
        var parent = new DirectoryInfo(Path.GetTempPath());
        foreach (var folder in parent.Exists ? parent.EnumerateDirectories(Prefix + "*") : [])
        {
            if (folder.LinkTarget is null && TryLock(folder.FullName, FileMode.Open) is { } dead)
            {
                TryRemove(dead);
                dead._lock.Dispose();
            }
        }
    }

    private static TemporaryFolder? TryLock(string path, FileMode mode)
    {
        try
        {
            var file = new FileStream(Path.Combine(path, LockName), mode, FileAccess.ReadWrite, FileShare.None);
            if (File.Exists(file.Name))
            {
                return new TemporaryFolder(path, file);
            }

            file.Dispose(); // somebody has removed it between opening and locking
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // of a run that lives, of somebody else, or no folder of ours
        }
    }

    private static bool TryRemove(TemporaryFolder folder)
    {
        if (OperatingSystem.IsWindows())
        {
            folder._lock.Dispose(); // an open file cannot be removed there
        }

        try
        {
            Directory.Delete(folder.FullName, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
