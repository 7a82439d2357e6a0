using System.Globalization;
using System.Text.Json;
using ConnectionReuse.Connections;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>How a benchmark process hands its proof to the process that started it: one file, named by its process id.</summary>
public static class ProofFile
{
    /// <summary>Writes this process's proof whole.</summary>
    public static void Write(string directory, LaunchProof proof)
    {
        var path = PathOf(directory, Environment.ProcessId);
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(proof, ProofJson.Default.LaunchProof));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>Takes the proof of an ended process out of the directory; null when it left none.</summary>
    public static LaunchProof? Take(string directory, int processId)
    {
        var path = PathOf(directory, processId);
        if (!File.Exists(path))
        {
            return null;
        }

        var proof = JsonSerializer.Deserialize(File.ReadAllText(path), ProofJson.Default.LaunchProof);
        File.Delete(path);
        return proof;
    }

    private static string PathOf(string directory, int processId) =>
        Path.Combine(directory, $"proof-{processId.ToString(CultureInfo.InvariantCulture)}.json");
}
