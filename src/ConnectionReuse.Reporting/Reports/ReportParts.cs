using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A result file's comparisons by the part of the report that they stand in: each is in exactly one.</summary>
internal sealed record ReportParts
{
    private const double DocumentedRttMilliseconds = 124.5; // 4 RTT + S = 527.5 ms, 100 (RTT + S) + 3 RTT = 15.77 s
    private const double DocumentedTolerance = 0.02;

    public required IReadOnlyList<RowGroup> Reproduced { get; init; }

    public required IReadOnlyList<RowGroup> Local { get; init; }

    public required IReadOnlyList<RowGroup> Real { get; init; }

    public required IReadOnlyList<RowGroup> Links { get; init; }

    public required IReadOnlyList<RowGroup> Amortisation { get; init; }

    public required IReadOnlyList<RowGroup> LosingReuse { get; init; }

    public required IReadOnlyList<RowGroup> Lifetimes { get; init; }

    /// <summary>Comparisons that ask some other question.</summary>
    public required IReadOnlyList<RowGroup> Others { get; init; }

    /// <summary>What the timeit table shows.</summary>
    public IEnumerable<RowGroup> Timeit => [.. Reproduced, .. Local, .. Real];

    /// <summary>What the limit is worked out for: links, and other questions asked over one.</summary>
    public IEnumerable<RowGroup> OverLinks => Links.Concat(Others.Where(group => group.Rows[0].Link is not null));

    /// <summary>Comparisons on local servers and real URLs.</summary>
    public IEnumerable<RowGroup> LocalAndReal => Local.Concat(Real);

    /// <summary>Whether nothing but the URL of a real target tells the comparison apart.</summary>
    public static bool IsPlain(RowGroup group) => group.Parameters.Keys.All(name => name == "url");

    public static ReportParts Of(ResultFile file)
    {
        var groups = RowGroup.Of(file.Rows).ToLookup(PartOf);
        return new ReportParts
        {
            Reproduced = [.. groups[Part.Reproduced]],
            Local = [.. groups[Part.Local]],
            Real = [.. groups[Part.Real]],
            Links = [.. groups[Part.Links]],
            Amortisation = [.. groups[Part.Amortisation]],
            LosingReuse = [.. groups[Part.LosingReuse]],
            Lifetimes = [.. groups[Part.Lifetimes]],
            Others = [.. groups[Part.Others]],
        };
    }

    private static Part PartOf(RowGroup group) => group switch
    {
        _ when group.Parameters.TryGetValue(QuestionTables.Parameter, out var name) => name switch
        {
            "EmulatedLink" when group.Rows[0].Link is not null => Part.Links,
            AmortisationTable.Question => Part.Amortisation,
            DiagnosisTable.Question => Part.LosingReuse,
            "ClientLifetimes" => Part.Lifetimes,
            _ => Part.Others,
        },
        _ when group.Rows[0].Link is { } link => IsDocumented(link) ? Part.Reproduced : Part.Links,
        { Target: TargetIds.Real } => Part.Real,
        _ => Part.Local,
    };

    private static bool IsDocumented(ResultLink link) =>
        Math.Abs(link.RttMilliseconds / DocumentedRttMilliseconds - 1) <= DocumentedTolerance && link.ServerTimeMilliseconds > 0;

    private enum Part
    {
        Reproduced,
        Local,
        Real,
        Links,
        Amortisation,
        LosingReuse,
        Lifetimes,
        Others,
    }
}
