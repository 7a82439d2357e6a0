using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>Where results go, from whichever folder the program is started.</summary>
internal static class Folders
{
    private const string Solution = "Benchmarks.sln";

    /// <summary>The repository that this program was built in; null for a published build.</summary>
    public static string? Repository { get; } = FindRepository();

    /// <summary>The folder of local results: the repository's, or the current one outside a repository.</summary>
    public static string Local => Path.Combine(Repository ?? Directory.GetCurrentDirectory(), "results", ResultFolders.Local);

    /// <summary>A new run's folder below <paramref name="local"/>, named by its start.</summary>
    public static string NewRun(string local, DateTimeOffset start)
    {
        var name = start.ToString("yyyy-MM-dd'T'HH-mm-ss", CultureInfo.InvariantCulture);
        var path = Path.Combine(local, name);
        for (var again = 2; Directory.Exists(path); again++)
        {
            path = Path.Combine(local, $"{name}-{again}");
        }

        return Directory.CreateDirectory(path).FullName;
    }

    /// <summary>Makes <c>latest</c> a copy of a run's folder: whole, or not there for the moment between two renames.</summary>
    public static string PublishLatest(string run)
    {
        var local = Path.GetDirectoryName(run)!;
        var latest = Path.Combine(local, ResultFolders.Latest);
        var incoming = Path.Combine(local, $".latest-{Environment.ProcessId}");
        Copy(run, incoming);
        if (Directory.Exists(latest))
        {
            var outgoing = incoming + "-old";
            Directory.Move(latest, outgoing);
            Directory.Move(incoming, latest);
            Directory.Delete(outgoing, recursive: true);
        }
        else
        {
            Directory.Move(incoming, latest);
        }

        return latest;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string? FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
