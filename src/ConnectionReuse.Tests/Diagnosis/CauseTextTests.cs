using System.Text.Json;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Documentation;
using Xunit;

namespace ConnectionReuse.Tests.Diagnosis;

public sealed class CauseTextTests
{
    [Fact]
    public void Every_cause_has_its_words_once() => Assert.Equal(Enum.GetValues<ReuseCause>(), CauseTexts.All.Select(text => text.Cause));

    [Fact]
    public void Every_cause_that_is_known_has_a_remedy() =>
        Assert.All(CauseTexts.All, text => Assert.Equal(text.Cause is ReuseCause.None or ReuseCause.Unknown, text.Remedy is null));

    [Fact]
    public void The_README_shows_them_all()
    {
        var rows = CauseTexts.All.Where(text => text.Cause != ReuseCause.None)
            .Select(text => $"| `{JsonNamingPolicy.CamelCase.ConvertName(text.Cause.ToString())}` | {text.Finding} | {text.Remedy} |");

        Assert.Equal(rows, Documents.Block("causes").Text.Split('\n').Skip(2));
    }

    [Fact]
    public void What_was_seen_takes_the_place_of_its_name_and_is_not_looked_at_again() =>
        Assert.Equal("the server closes after {seen} requests!", CauseTexts.Of(ReuseCause.RequestCap).Filled(("n", "{seen}"), ("seen", "!")));

    [Fact]
    public void A_name_without_its_value_is_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => CauseTexts.Of(ReuseCause.RequestCap).Filled(("n", "7")));
        Assert.Throws<ArgumentException>(() => CauseTexts.Of(ReuseCause.Http10).Filled(("n", "7")));
    }
}
