using System.Globalization;
using System.Text.Json;
using ConnectionReuse.Connections;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>How a benchmark process hands its report to the process that started it: one file, named by its process id.</summary>
public static class LaunchFile
{
    /// <summary>Writes this process's report whole.</summary>
    public static void Write(string directory, LaunchReport report)
    {
        var path = PathOf(directory, Environment.ProcessId);
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(report, LaunchJson.Default.LaunchReport));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>Takes the report of an ended process out of the directory; null when it left none.</summary>
    public static LaunchReport? Take(string directory, int processId)
    {
        var path = PathOf(directory, processId);
        if (!File.Exists(path))
        {
            return null;
        }

        var report = JsonSerializer.Deserialize(File.ReadAllText(path), LaunchJson.Default.LaunchReport);
        File.Delete(path);
        return report;
    }

    private static string PathOf(string directory, int processId) =>
        Path.Combine(directory, $"launch-{processId.ToString(CultureInfo.InvariantCulture)}.json");
}
