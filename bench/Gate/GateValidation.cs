using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// The gate measured by itself: two copies of one build, and one of them made worse on purpose. Every run is appended
/// to the record as it ends, so that the record grows over time and leaves nothing out.
/// </summary>
/// <param name="folder">Where the record lies.</param>
internal sealed class GateValidation(string folder)
{
    /// <summary>The kind that keeps the machine busy meanwhile.</summary>
    public const string Load = "load";

    private static readonly OrderedDictionary<string, double> Slowdowns = new()
    {
        ["slow-3"] = 0.03,
        ["slow-5"] = 0.05,
        ["slow-10"] = 0.10,
        [ValidationRecord.OneRow] = 0.10,
    };

    /// <summary>Everything that is done to head, by name.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [ValidationRecord.Calibration, "aa", .. Slowdowns.Keys, .. Enum.GetValues<Mutation>().Select(NameOf), Load];

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
            return File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0).Select(ValidationJson.Parse)] : [];
        }
        catch (JsonException e)
        {
            throw new UserException(ExitCode.WrongUse, $"{path} is damaged: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>The thresholds of this machine, from its calibration runs.</summary>
    /// <exception cref="UserException">A line of the record is no run.</exception>
    public Calibration Calibration() => ValidationRecord.CalibrationOf(Read(), GateRun.Machine);

    /// <summary>
    /// The next kind to run: the calibration first, and nothing else until it is closed; then what has been run least.
    /// </summary>
    /// <exception cref="UserException">The kind is unknown, or the calibration does not allow it.</exception>
    public static string Next(IReadOnlyList<ValidationRun> record, string machine, string? asked)
    {
        CheckKind(asked);

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

    /// <summary>Checks that there is such a kind.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public static void CheckKind(string? asked)
    {
        if (asked is not null && !Kinds.Contains(asked))
        {
            throw new UserException(ExitCode.WrongUse, $"--kind {asked}: {Suggestion.Asked(asked, Kinds, $"one of {string.Join(", ", Kinds)}")}");
        }
    }

    /// <summary>What a kind does to head.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="earlier">Runs of that kind so far: a slowdown of one row hits another row each time.</param>
    public static HeadChange ChangeOf(string kind, int earlier) =>
        Slowdowns.TryGetValue(kind, out var slowdown) ? new HeadChange(Slowdown: slowdown, Row: kind == ValidationRecord.OneRow ? GateRows.Default[earlier % GateRows.Default.Count] : null)
        : Enum.GetValues<Mutation>().Where(mutation => NameOf(mutation) == kind).ToArray() is [var mutation] ? new HeadChange(mutation)
        : HeadChange.None;

    /// <summary>Keeps a run, and draws the table anew.</summary>
    public void Append(ValidationRun run)
    {
        Directory.CreateDirectory(folder);
        File.AppendAllText(Path.Combine(folder, RecordName), ValidationJson.Serialize(run) + "\n");
        ResultFiles.WriteText(Path.Combine(folder, TableName), ValidationRecord.Render([.. Read()]));
    }

    private static string NameOf(Mutation mutation) => KebabCase.Of(mutation.ToString());
}
