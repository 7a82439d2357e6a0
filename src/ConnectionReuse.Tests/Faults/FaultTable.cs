using System.Globalization;
using System.Reflection;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Faults;

/// <summary>The faults that tests hold, as a page: one line for each row of each test that is marked with <see cref="FaultAttribute"/>.</summary>
internal static class FaultTable
{
    /// <summary>The lines, by the tests' classes.</summary>
    public static IReadOnlyList<(string Wrong, string Answer, string Test)> Lines { get; } =
    [
        .. from type in typeof(FaultTable).Assembly.GetTypes()
           orderby type.FullName
           from method in type.GetMethods()
           from fault in method.GetCustomAttributes<FaultAttribute>()
           from arguments in ArgumentsOf(method)
           select (Filled(fault.Wrong, arguments), Filled(fault.Answer, arguments), $"{type.Name}: {method.Name.Replace('_', ' ')}"),
    ];

    public static string Render() => $"""
        # Faults, and what the program answers

        Drawn from the tests: each line is one that `./run.sh test` runs, or skips with its reason: a machine lacks what it needs, or it takes
        long, and a shorter test proves the like. `CONNECTION_REUSE_TESTS=all ./run.sh test` runs the long ones too, and CI does so once a week.
        {Lines.Count} faults, held by {Lines.Select(line => line.Test).Distinct().Count()} tests.

        | what is wrong | what the program answers | held by |
        | --- | --- | --- |
        {string.Join('\n', Lines.Select(line => $"| {Cell(line.Wrong)} | {Cell(line.Answer)} | {Cell(line.Test)} |"))}

        """.ReplaceLineEndings("\n");

    private static object?[][] ArgumentsOf(MethodInfo method)
    {
        object?[][] rows =
        [
            .. method.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data),
            .. method.GetCustomAttributes<LongTests.RowAttribute>().Select(row => row.Data),
            .. from data in method.GetCustomAttributes<MemberDataAttribute>()
               from row in (IEnumerable<ITheoryDataRow>)(data.MemberType ?? method.DeclaringType!).GetProperty(data.MemberName)!.GetValue(null)!
               select row.GetData(),
        ];
        return rows.Length > 0 ? rows : [[]];
    }

    private static string Filled(string text, object?[] arguments) =>
        arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, [.. arguments.Select(Shown), .. Enumerable.Repeat<object>("", 4)]);

    private static object Shown(object? argument) => argument is "" ? "(nothing)" : argument ?? "(nothing)";

    // What is wrong is often what breaks a table, too.
    private static string Cell(string text) => string.Concat(text.Select(letter => letter switch
    {
        '|' => "\\|",
        '<' => "&lt;",
        '>' => "&gt;",
        '*' => "\\*",
        '_' => "\\_",
        '`' => "\\`",
        '\n' => "\\n",
        _ when char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format => $"\\u{(int)letter:x4}",
        _ => letter.ToString(),
    }));
}
