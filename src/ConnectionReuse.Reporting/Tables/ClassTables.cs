using ConnectionReuse.Reporting.Rows;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What a class outside the default comparison shows beside its times.</summary>
internal static class ClassTables
{
    /// <summary>The tables of a comparison, each with an empty line before it; empty for most.</summary>
    public static string Of(RowGroup group) => group.Parameters.Class switch
    {
        DiagnosisTable.Class => "\n" + DiagnosisTable.Render(group),
        AmortisationTable.Class when AmortisationTable.Render(group) is { Length: > 0 } table => "\n" + table,
        ConcurrencyTable.Class => "\n" + ConcurrencyTable.Render(group),
        _ => string.Empty,
    };
}
