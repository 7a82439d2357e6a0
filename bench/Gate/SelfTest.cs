using System.Text.Json;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// The gate measured by itself: two copies of one build, and one of them made worse on purpose. Every run is appended
/// to the record as it ends, so that the record grows over time and leaves nothing out.
/// </summary>
/// <param name="folder">Where the record lies.</param>
public sealed class SelfTest(string folder)
{
    /// <summary>Everything that is done to head, by name.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [ValidationRecord.Calibration, "aa", "slow-5", "slow-10", .. Enum.GetValues<Mutation>().Select(NameOf), "load"];

    private const string RecordName = "record.jsonl";
    private const string TableName = "README.md";

    /// <summary>Where the record of this repository lies.</summary>
    public static string Folder => Path.Combine(Folders.Repository ?? Directory.GetCurrentDirectory(), "results", "gate-validation");

    /// <summary>Every recorded run.</summary>
    /// <exception cref="UserException">A line is not one.</exception>
    public IReadOnlyList<ValidationRun> Read()
    {
        var path = Path.Combine(folder, RecordName);
        try
        {
            return File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0).Select(GateJson.ParseRun)] : [];
        }
        catch (JsonException e)
        {
            throw new UserException(ExitCode.WrongUse, $"{path} is damaged: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>
    /// The next kind to run: the calibration first, and nothing else until it is closed; then what has been run least.
    /// </summary>
    /// <exception cref="UserException">The kind is unknown, or the calibration does not allow it.</exception>
    public static string Next(IReadOnlyList<ValidationRun> record, string machine, string? asked)
    {
        if (asked is not null && !Kinds.Contains(asked))
        {
            throw new UserException(ExitCode.WrongUse, $"--kind {asked}: {(Nearest.To(asked, Kinds) is { } near ? $"did you mean {near}?" : $"one of {string.Join(", ", Kinds)}")}");
        }

        var open = ValidationRecord.CalibrationRunsOf(record, machine).Count < ValidationRecord.CalibrationRuns;
        return (open, asked) switch
        {
            (true, null or ValidationRecord.Calibration) => ValidationRecord.Calibration,
            (true, _) => throw new UserException(ExitCode.WrongUse, $"--kind {asked}: the calibration of {machine} needs {ValidationRecord.CalibrationRuns} runs first, so that no validation run sets a threshold"),
            (false, ValidationRecord.Calibration) => throw new UserException(ExitCode.WrongUse, $"the calibration of {machine} is closed"),
            (false, null) => Kinds.Skip(1).MinBy(kind => ValidationRecord.Current(record).Count(run => run.Kind == kind && run.Machine == machine))!,
            (false, _) => asked!,
        };
    }

    /// <summary>What a kind does to the measurement.</summary>
    public static MeasurementPlan PlanOf(string kind, MeasurementPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return kind switch
        {
            "slow-5" => plan with { Slowdown = 0.05 },
            "slow-10" => plan with { Slowdown = 0.10 },
            _ when Enum.GetValues<Mutation>().Where(mutation => NameOf(mutation) == kind).ToArray() is [var mutation] => plan with { Mutation = mutation },
            _ => plan,
        };
    }

    /// <summary>Keeps a run, and draws the table anew.</summary>
    public void Append(ValidationRun run)
    {
        Directory.CreateDirectory(folder);
        File.AppendAllText(Path.Combine(folder, RecordName), GateJson.Serialize(run) + "\n");
        ResultFiles.WriteText(Path.Combine(folder, TableName), ValidationRecord.Render([.. Read()]));
    }

    private static string NameOf(Mutation mutation) => RowKey.ClientOf(mutation.ToString());
}
