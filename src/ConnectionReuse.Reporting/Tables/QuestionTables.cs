using ConnectionReuse.Reporting.Rows;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What a class outside the default comparison shows beside its times.</summary>
internal static class QuestionTables
{
    /// <summary>The tables of a comparison, each with an empty line before it; empty for most.</summary>
    public static string Of(RowGroup group) => group.Parameters.Question switch
    {
        DiagnosisTable.Question => "\n" + DiagnosisTable.Render(group),
        AmortisationTable.Question when AmortisationTable.Render(group) is { Length: > 0 } table => "\n" + table,
        ConcurrencyTable.Question => "\n" + ConcurrencyTable.Render(group),
        _ => string.Empty,
    };
}
