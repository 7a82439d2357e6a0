using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Concurrency;
using ConnectionReuse.Clients.Lifetimes;
using ConnectionReuse.Clients.Losing;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

public sealed class SelectionTests
{
    [Fact]
    public void Every_client_pattern_has_a_row() =>
        Assert.Empty(ClientPatterns.All.Keys.Except(Rows("*", all: true).Select(row => row.Client)));

    [Fact]
    public void A_filter_that_names_no_further_class_selects_the_default_comparison_alone()
    {
        var rows = Rows("*Http.Shared");
        Assert.Equal([("wiremock-http", "shared"), ("kestrel-http", "shared")], rows.Select(row => (row.TargetId, row.Client)));
        Assert.All(rows, row => Assert.Null(row.Class));
    }

    [Fact]
    public void A_filter_that_names_a_further_class_selects_it() =>
        Assert.Equal(
            [("Amortisation", "shared"), .. ((int[])[1, 2, 5, 10, 100, 1000]).Select(requests => ("Amortisation", $"per-client-{requests}"))],
            Rows("*Amortisation*").Select(row => (row.Class, row.Client)));

    [Fact]
    public void A_filter_that_names_a_pattern_of_one_question_finds_its_row() =>
        Assert.Equal(("ClientLifetimes", "refit-shared"), Assert.Single(Rows("*refit-shared*").Select(row => (row.Class, row.Client))));

    [Fact]
    public void A_pattern_is_a_row_of_the_question_of_its_kind_on_the_target_that_can_answer_it()
    {
        var rows = Rows("*", all: true);
        Assert.Equal(IdsOf<LosingPattern>(), OwnRows("LosingReuse", "kestrel-http"));
        Assert.Equal(IdsOf<AtOnce>(), OwnRows("Concurrency", "kestrel-https"));
        Assert.Equal(IdsOf<LifetimePattern>(), OwnRows("ClientLifetimes", "kestrel-h2c").Concat(OwnRows("ClientLifetimes", "kestrel-https")).Order(StringComparer.Ordinal));

        IEnumerable<string> OwnRows(string question, string target) => rows
            .Where(row => row.Class == question && row.TargetId == target && row.Pattern is not (FreshClient or SharedClient))
            .Select(row => row.Client).Order(StringComparer.Ordinal);

        static IEnumerable<string> IdsOf<TPattern>() =>
            ClientPatterns.All.Values.OfType<TPattern>().Cast<ClientPattern>().Select(pattern => pattern.Id).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("--warmupCount 1")]
    [InlineData("--launchCount 1 --warmupCount 1")]
    public void A_warm_up_count_alone_keeps_the_iterations_of_the_suite(string arguments)
    {
        var row = Assert.Single(Plan(["--filter", "*KestrelHttp.Shared", .. arguments.Split(' ')]).Rows);

        Assert.Equal(RowPlanner.Of(row.Key, Requests).Iterations, row.Plan.Turns * row.Plan.IterationsOfATurn);
    }

    private const int Requests = 100;

    private static IReadOnlyList<RowKey> Rows(string filter, bool all = false) => [.. Plan(["--filter", filter], all).Rows.Select(row => row.Key)];

    private static ComparisonPlan Plan(string[] arguments, bool all = false)
    {
        var options = new ComparisonOptions
        {
            Requests = Requests,
            RealUrls = [],
            UserAgent = "test",
            Out = ".",
            All = all,
            BenchmarkDotNet = arguments,
            CommandLine = string.Empty,
        };
        return Selection.Of(options).Plan(seed: 1);
    }
}
