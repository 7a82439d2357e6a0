using System.Text.Json;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// Runs the comparison again and again to see what its intervals are worth. Every run is appended to the record as it ends, so
/// that the record grows over time, leaves nothing out, and loses at most the run that was interrupted.
/// </summary>
/// <param name="folder">Where the record lies.</param>
internal sealed class PrecisionCheck(string folder)
{
    private const string RecordName = "record.jsonl";
    private const string TableName = "README.md";

    // What is to be precise is the comparison as everybody runs it.
    private static readonly string[] DefaultComparison = ["--offline"];
    private static readonly string[] EqualOnes = ["--offline", "--filter", "*EqualClients*"];

    /// <summary>Where the record of this repository lies.</summary>
    public static string Folder => Path.Combine(Folders.Repository ?? Directory.GetCurrentDirectory(), "results", "precision");

    /// <summary>Every recorded run.</summary>
    /// <exception cref="UserException">A line is not one.</exception>
    public IReadOnlyList<PrecisionRun> Read()
    {
        var path = Path.Combine(folder, RecordName);
        try
        {
            return File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0).Select(PrecisionRun.Parse)] : [];
        }
        catch (JsonException e)
        {
            throw new UserException(ExitCode.WrongUse, $"{path} is damaged: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Runs the comparison some times.</summary>
    /// <param name="kind">One of <see cref="PrecisionRecord.Kinds"/>.</param>
    /// <param name="runs">How often.</param>
    /// <param name="progress">Told which run begins.</param>
    /// <param name="interrupted">Ends the run that is under way.</param>
    /// <returns>Whether every run ended as it should.</returns>
    /// <exception cref="IOException">A run left no result.</exception>
    public async Task<bool> RunAsync(string kind, int runs, Action<string> progress, CancellationToken interrupted)
    {
        await using var load = kind == PrecisionRecord.Loaded ? BackgroundLoad.Start(ThisProgram.StartStation, Environment.ProcessorCount) : null;
        var allWell = true;
        for (var run = 1; run <= runs; run++)
        {
            progress($"run {run} of {runs}: {kind}");
            var (result, exitCode) = await OwnRun.ComparisonAsync(kind == PrecisionRecord.Equal ? EqualOnes : DefaultComparison, interrupted);
            load?.ThrowIfEnded();
            Append(PrecisionRun.Of(kind, GateRun.Machine, result, exitCode));
            allWell &= exitCode == 0;
        }

        return allWell;
    }

    /// <summary>Keeps a run, and draws the table anew.</summary>
    public void Append(PrecisionRun run)
    {
        Directory.CreateDirectory(folder);
        File.AppendAllText(Path.Combine(folder, RecordName), run.ToJson() + "\n");
        ResultFiles.WriteText(Path.Combine(folder, TableName), PrecisionRecord.Render([.. Read()]));
    }
}
