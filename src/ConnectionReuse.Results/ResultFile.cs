using System.Text.Json.Serialization;

namespace ConnectionReuse.Results;

/// <summary>
/// Everything that was found: the only thing that tables, charts, pages and verdicts read. Described for other tools by
/// <c>results/schema.json</c>.
/// </summary>
public sealed record ResultFile
{
    /// <summary>The version of the schema that this program writes; it reads the one before as well.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>The version of the schema that the file follows.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The machine and the software that every run of the file was made with.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>What was run: one run, or several where results of one commit and machine were merged.</summary>
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>One row for each target, client pattern and set of parameters.</summary>
    public required IReadOnlyList<ResultRow> Rows { get; init; }

    /// <summary>Ratios between rows of one target, each measured side by side.</summary>
    public required IReadOnlyList<ResultRatio> Ratios { get; init; }

    /// <summary>What the gate found; null in a file of another kind of run.</summary>
    public GateFindings? Gate { get; init; }

    /// <summary>When the first run started.</summary>
    [JsonIgnore]
    public DateTimeOffset Start => Runs.Min(run => run.Start);

    /// <summary>The run that a row comes from.</summary>
    /// <param name="row">A row of this file.</param>
    public Run RunOf(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Runs[row.Run];
    }
}
