using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A result file's comparisons by the part of the report that they stand in: each is in exactly one.</summary>
internal sealed record ReportParts
{
    private const string EmulatedLink = nameof(EmulatedLink);

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

    /// <summary>Comparisons over a link with other tools among their rows.</summary>
    public IReadOnlyList<RowGroup> OtherTools => [.. Links.Where(group => group.Rows.Any(row => row.Declared.Tool is not null))];

    /// <summary>Comparisons without a round trip, to stand beside those over links: the plain ones first.</summary>
    public IEnumerable<RowGroup> OnLoopback => Local.Where(group => group.Rows[0].RoundTripMilliseconds is null).Concat(Others.Where(group => group.Parameters.Class == EmulatedLink));

    /// <summary>Comparisons on local servers and real URLs.</summary>
    public IEnumerable<RowGroup> LocalAndReal => Local.Concat(Real);

    /// <summary>Whether nothing but the URL of a real target tells the comparison apart.</summary>
    public static bool IsPlain(RowGroup group) => group.Parameters == RowParameters.None with { Url = group.Parameters.Url };

    public static ReportParts Of(ResultFile file)
    {
        var groups = RowGroup.Of(file.Rows).ToLookup(group => PartOf(group, file));
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

    private static Part PartOf(RowGroup group, ResultFile file) => group switch
    {
        _ when group.Parameters.Class is { } name => name switch
        {
            EmulatedLink when group.Rows[0].Link is not null => Part.Links,
            AmortisationTable.Class => Part.Amortisation,
            DiagnosisTable.Class => Part.LosingReuse,
            "ClientLifetimes" => Part.Lifetimes,
            _ => Part.Others,
        },
        _ when file.RunOf(group.Rows[0]).Kind == RunKind.Documented => Part.Reproduced,
        _ when group.Rows[0].Link is not null => Part.Links,
        { Target: TargetIds.Real } => Part.Real,
        _ => Part.Local,
    };

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
