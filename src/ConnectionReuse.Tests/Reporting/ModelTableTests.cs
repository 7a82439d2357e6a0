using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Reporting.Tables;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class ModelTableTests
{
    [Fact]
    public void A_network_a_link_and_loopback_stand_in_one_table_and_are_told_apart() =>
        Golden.Holds("model.md", ModelTable.Render(
        [
            new ModelRow("real https://www.wikipedia.org/: fresh, shared", LimitModel.Of(
                0.0613, 0.0214, k: 2, ratio: new Interval(2.86, 2.74, 2.98, 0.95))),
            new ModelRow("documented: requests.get, session.get", SolvedSession.Figures),
            new ModelRow("kestrel-https: fresh, shared", LimitModel.Of(
                0.00187, 0.000153, k: 2, loopback: true, ratio: new Interval(12.16, 11.89, 12.44, 0.95))),
            new ModelRow("kestrel-https, case 1024 kB down (emulated): fresh, shared", LimitModel.Of(
                0.4542, 0.0538, k: 8, ratio: new Interval(8.44, 8.18, 8.71, 0.95), slowStart: 6)),
        ]));

    [Fact]
    public void Without_loopback_nothing_is_said_of_it()
    {
        var table = ModelTable.Render([new ModelRow("real", LimitModel.Of(0.160, 0.060, k: 2))]);
        Assert.DoesNotContain("CPU", table, StringComparison.Ordinal);
        Assert.DoesNotContain("slow start", table, StringComparison.Ordinal);
        Assert.Contains("2.67x (no interval)", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Reuse_that_saves_nothing_says_so()
    {
        var table = ModelTable.Render([new ModelRow("real", LimitModel.Of(0.060, 0.060, k: 1))]);
        Assert.Contains("|     0 s |      0 s |", table, StringComparison.Ordinal);
    }
}
