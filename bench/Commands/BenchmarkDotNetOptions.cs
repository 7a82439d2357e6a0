using System.CommandLine;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The few options of BenchmarkDotNet that belong to this suite too; its others are passed on behind <c>--</c>.</summary>
internal sealed class BenchmarkDotNetOptions
{
    private readonly Option[] _options =
    [
        Many("--filter", "-f", "Glob patterns of the rows to run, such as '*WireMock*' or '*.Shared'", "GLOB"),
        One("--list", null, "Shows the rows instead of running them: flat, by the names that --filter sees, or tree", "HOW").Among("flat", "tree"),
        Number("--launchCount", 1, "Rounds, each one launch of every row [default: 5; real targets: 3]; fewer than 3 give no interval"),
        Number("--iterationCount", 1, "Timed iterations of a launch, instead of as many as the row has"),
        Number("--warmupCount", 0, "Warm-up iterations, instead of as many as it takes until the JIT stands still"),
        One("--job", "-j", "A job of BenchmarkDotNet's instead of our rounds", "NAME").Among("default", "dry", "short", "medium", "long", "verylong"),
        Many("--exporters", "-e", "More of BenchmarkDotNet's exporters; GitHub and CSV are always written, and benchmarkdotnet-full.json beside the result", "NAME").Among(
            "asciidoc", "atlassian", "briefxml", "csv", "csvmeasurements", "fullxml", "github", "html", "markdown", "plain", "rplot", "stackoverflow", "xml"),
        One("--artifacts", "-a", "Where BenchmarkDotNet's own files go, instead of beside the result", "DIR"),
    ];

    /// <summary>The options, to be added to a command.</summary>
    public IEnumerable<Option> All => _options;

    /// <summary>Whether a word is one of them, in whatever case: BenchmarkDotNet takes any.</summary>
    public bool Has(string word) => _options.Any(option => option.Aliases.Prepend(option.Name).Contains(word, StringComparer.OrdinalIgnoreCase));

    /// <summary>The given arguments, as BenchmarkDotNet parses them.</summary>
    public IEnumerable<string> Given(ParseResult result) => _options
        .Select(option => (option.Name, Result: result.GetResult(option)))
        .Where(pair => pair.Result is { Implicit: false })
        .SelectMany(pair => pair.Result!.Tokens.Select(token => token.Value).Prepend(pair.Name));

    private static Option<string> One(string name, string? letter, string meaning, string value) =>
        new(name, letter is null ? [] : [letter]) { Description = meaning, HelpName = value };

    private static Option<string[]> Many(string name, string letter, string meaning, string value) =>
        new(name, letter) { Description = meaning, HelpName = value, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };

    private static Option<int?> Number(string name, int least, string meaning) => CommonOptions.WholeNumber([name], least, int.MaxValue, meaning);
}
