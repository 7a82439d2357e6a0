using System.Text.RegularExpressions;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>What a page shows of a command's output is what a file in <c>results/</c> holds of it.</summary>
public sealed partial class OutputBlockTests
{
    [Fact]
    public void An_output_that_a_page_shows_stands_in_a_file()
    {
        (string File, string Text)[] blocks =
        [
            .. from page in Documents.All
               from Match match in Outputs().Matches(page.Text)
               select (match.Groups["file"].Value, match.Groups["text"].Value),
        ];

        Assert.Equal(
            Directory.GetFiles(Path.Combine(Source.Repository, "results", "checks")).Select(path => $"results/checks/{Path.GetFileName(path)}").Order(StringComparer.Ordinal),
            blocks.Select(block => block.File).Order(StringComparer.Ordinal));
        Assert.All(blocks, block => Assert.Equal(File.ReadAllText(Path.Combine(Source.Repository, block.File)), block.Text));
    }

    [GeneratedRegex("<!-- output: (?<file>[^ ]+) -->\n```[a-z]*\n(?<text>.*?\n)```\n<!-- end of output -->", RegexOptions.Singleline)]
    private static partial Regex Outputs();
}
