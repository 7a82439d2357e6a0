using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("plain words, 3.1% (95%) of a_b", "plain words, 3.1% (95%) of a_b")]
    [InlineData("Example CPU @ 2.80GHz", "Example CPU @ 2.80GHz")]
    [InlineData("a|b\\c", @"a\|b\\c")]
    [InlineData("<b>&amp;", "&lt;b&gt;&amp;amp;")]
    [InlineData("`x` [y](z) **w**", @"\`x\` \[y\](z) \*\*w\*\*")]
    [InlineData("one\r\ntwo\u2028three", "one two three")]
    [Fault("the words {0} in a page", "{1}")]
    public void Words_stay_words(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Escape(text));

    [Theory]
    [InlineData("client.GetAsync(url)", "`client.GetAsync(url)`")]
    [InlineData("a | b", @"`a \| b`")]
    [InlineData("a `b` c", "``a `b` c``")]
    [InlineData("`a`", "`` `a` ``")]
    [InlineData("a\nb", "`a b`")]
    [InlineData(@"a\|b", @"a\\\|b")]
    [InlineData("", "")]
    public void Code_stays_code(string code, string markdown) => Assert.Equal(markdown, MarkdownText.Code(code));

    [Fact]
    public void An_item_begins_no_heading_list_rule_or_block() =>
        Assert.Equal("- \\# a\n- \\- b\n- \\---\n- \\~~~\n- ~: c\n- -1 d\n", MarkdownText.List(["# a", "- b", "---", "~~~", "~: c", "-1 d"]));

    [Fact]
    public void A_block_ends_where_it_should() =>
        Assert.Equal("````text\n```\na b\n````\n", MarkdownText.Block("text", ["```", "a\nb"]));

    [Fact]
    public void An_attribute_ends_where_it_should() => Assert.Equal("&quot;&gt;&lt;script&gt; x", MarkdownText.Html("\"><script>\n\nx"));

    [Theory]
    [InlineData("status 404 Not Found", "status 404 Not Found")]
    [InlineData("a\r\n\r\nb", "a b")]
    [InlineData("\u001b[2J\u0000\u009bx", " [2J x")]
    [InlineData("user\u202Etxt.exe", "user txt.exe")]
    public void A_line_is_one_line(string text, string line) => Assert.Equal(line, PlainText.OneLine(text));
}
