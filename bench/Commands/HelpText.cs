using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The examples of each verb's help, which the tests hold to be commands that work.</summary>
internal static class HelpText
{
    /// <summary>What the help of the program itself shows below its options.</summary>
    public const string ExitCodes = "0 done, 1 what was asked does not hold, 2 wrong use, 3 inconclusive, 4 could not measure, 130 interrupted";

    private static readonly Dictionary<string, string[]> ByVerb = new()
    {
        [""] = ["timeit  # quick: seconds", "--offline  # the comparison on local servers: minutes"],
        ["timeit"] = ["timeit https://your.host/path  # your own URL", "timeit kestrel-https --rtt 50ms  # over an emulated network"],
        ["transcript"] = ["transcript  # WireMock.Net on loopback", "transcript --rtt 50ms --requests 10  # over an emulated network"],
        ["diagnose"] = ["diagnose https://your.host/path  # why not reused", "diagnose https://your.host/ --idle  # how long it is kept"],
        ["watch"] = ["watch  # .NET processes that can be watched", "watch api --duration 30s  # by name"],
        ["project"] = ["project latest  # at 10, 1,000 and 100,000 calls a second", "project latest --rtt 20ms  # over a network"],
        ["open"] = ["open  # the newest result", "open FILE  # any result file"],
        ["serve"] = ["serve kestrel-https --rtt 50ms  # an emulated network", "serve --bind 127.0.0.1  # for timeit --server localhost:5100"],
        ["publish"] = ["publish  # the newest results of one commit", "publish --from latest  # of one run"],
        ["report"] = ["report latest --out DIR  # the newest run", "report FILE --out DIR  # any result file"],
        ["compare"] = ["compare FILE latest  # an earlier result, the newest", "compare FILE latest --fail-above 5%  # exit 1 if a row is slower"],
        ["gate"] = ["gate  # the working tree against main", "gate --counts  # connections and allocations alone"],
        ["check"] = ["check counting  # what counting costs", "check harness  # the suite against a plain loop"],
        ["check counting"] = ["check counting  # a minute for each row", "check counting --seconds 20  # quicker, and wider intervals"],
        ["check harness"] = ["check harness  # 20 launches", "check harness --launches 8  # quicker, and wider intervals"],
        ["check memory"] = ["check memory  # a million requests", "check memory --requests 100000  # a tenth of them"],
        ["check watch"] = ["check watch  # a minute for each row", "check watch --seconds 20  # quicker, and wider intervals"],
        ["check turns"] = ["check turns  # 10 launches", "check turns --launches 50  # longer, and surer"],
        ["check gate"] = ["check gate  # one run of what was done least", "check gate --counts  # connections and allocations alone"],
        ["check precision"] = ["check precision  # one run of the comparison", "check precision --load  # beside a load on every core"],
    };

    /// <summary>The examples of a verb, each with what it does; none of a verb that nobody types.</summary>
    /// <param name="verb">Its name with those that it belongs to; empty for the program itself.</param>
    public static IReadOnlyList<string> Examples(string verb) => [.. ByVerb.GetValueOrDefault(verb, []).Select(Whole)];

    /// <summary>All examples.</summary>
    public static IEnumerable<string> All => ByVerb.Values.SelectMany(examples => examples).Select(Whole);

    private static string Whole(string example) => $"{ProgramName.Typed} {example}";
}
