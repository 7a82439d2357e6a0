using ConnectionReuse.Reporting.Tables;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class MarkdownTableTests
{
    private static readonly Column<(string Name, string Number)>[] Columns =
    [
        new("name", row => row.Name, IsNumber: false),
        new("nothing", _ => ""),
        new("n", row => row.Number),
    ];

    [Fact]
    public void Columns_are_padded_numbers_stand_right_and_an_empty_column_is_left_out() => Assert.Equal(
        """
        | name   |    n |
        | ------ | ---: |
        | a\|b   |    1 |
        | longer | 1234 |

        """.ReplaceLineEndings("\n"),
        MarkdownTable.Render(Columns, [("a|b", "1"), ("longer", "1234")]));
}
