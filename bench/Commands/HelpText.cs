namespace ConnectionReuse.Bench.Commands;

/// <summary>The examples of each verb's help, which the tests hold to be commands that work.</summary>
internal static class HelpText
{
    /// <summary>How the program is called.</summary>
    public const string Program = "./run.sh";

    /// <summary>What the help of the program itself shows below its options.</summary>
    public const string ExitCodes = "0 done, 1 what was asked does not hold, 2 wrong use, 3 inconclusive, 4 could not measure, 130 interrupted";

    private static readonly Dictionary<string, string[]> ByVerb = new()
    {
        [""] = ["./run.sh timeit  # quick: seconds", "./run.sh --offline  # the comparison on local servers: minutes"],
        ["timeit"] = ["./run.sh timeit https://your.host/path  # your own URL", "./run.sh timeit kestrel-https --rtt 50ms  # over an emulated network"],
        ["transcript"] = ["./run.sh transcript  # WireMock.Net on loopback", "./run.sh transcript --rtt 50ms --requests 10  # over an emulated network"],
        ["diagnose"] = ["./run.sh diagnose https://your.host/path  # why not reused", "./run.sh diagnose https://your.host/ --idle  # how long it is kept"],
        ["watch"] = ["./run.sh watch  # .NET processes that can be watched", "./run.sh watch api --duration 30s  # by name"],
        ["project"] = ["./run.sh project latest  # at 10, 1,000 and 100,000 calls a second", "./run.sh project latest --rtt 20ms  # over a network"],
        ["open"] = ["./run.sh open  # the newest result", "./run.sh open FILE  # any result file"],
        ["serve"] = ["./run.sh serve kestrel-https --rtt 50ms  # an emulated network", "./run.sh serve --bind 127.0.0.1  # for timeit --server localhost:5100"],
        ["publish"] = ["./run.sh publish  # the newest results of one commit", "./run.sh publish --from latest  # of one run"],
        ["report"] = ["./run.sh report latest --out DIR  # the newest run", "./run.sh report FILE --out DIR  # any result file"],
        ["compare"] = ["./run.sh compare FILE latest  # an earlier result, the newest", "./run.sh compare FILE latest --fail-above 5%  # exit 1 if a row is slower"],
        ["gate"] = ["./run.sh gate  # the working tree against main", "./run.sh gate --counts  # connections and allocations alone"],
        ["check"] = ["./run.sh check counting  # what counting costs", "./run.sh check harness  # the suite against a plain loop"],
        ["check counting"] = ["./run.sh check counting  # a minute for each row", "./run.sh check counting --seconds 20  # quicker, and wider intervals"],
        ["check harness"] = ["./run.sh check harness  # 20 launches", "./run.sh check harness --launches 8  # quicker, and wider intervals"],
        ["check memory"] = ["./run.sh check memory  # a million requests", "./run.sh check memory --requests 100000  # a tenth of them"],
        ["check gate"] = ["./run.sh check gate  # one run of what was done least", "./run.sh check gate --counts  # connections and allocations alone"],
        ["check precision"] = ["./run.sh check precision  # one run of the comparison", "./run.sh check precision --load  # beside a load on every core"],
    };

    /// <summary>The examples of a verb, each with what it does; none of a verb that nobody types.</summary>
    /// <param name="verb">Its name with those that it belongs to; empty for the program itself.</param>
    public static IReadOnlyList<string> Examples(string verb) => ByVerb.GetValueOrDefault(verb, []);

    /// <summary>All examples.</summary>
    public static IEnumerable<string> All => ByVerb.Values.SelectMany(examples => examples);
}
