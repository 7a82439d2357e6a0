using System.CommandLine;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The default verb: its options beside BenchmarkDotNet's, checked.</summary>
public sealed class CompareCommand
{
    private const int MostRequests = 1_000_000;

    private readonly BenchmarkDotNetOptions _benchmarkDotNet = new();

    private readonly Option<string[]> _targets = new("--target")
    {
        Description = "A real http(s) URL to compare on, instead of https://www.wikipedia.org/; repeatable",
        HelpName = "URL",
    };

    private readonly Option<bool> _offline = new("--offline") { Description = "Leave real targets out" };

    private readonly Option<int> _requests = new("--requests")
    {
        Description = "Requests per iteration",
        DefaultValueFactory = _ => 100,
        HelpName = "N",
    };

    private readonly Option<string> _userAgent = new("--user-agent")
    {
        Description = "The User-Agent for real targets",
        DefaultValueFactory = _ => CommonOptions.DefaultUserAgent,
        HelpName = "TEXT",
    };

    private readonly Option<bool> _requireTargets = new("--require-targets") { Description = "Exit with 4 when a target does not answer" };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Where result folders are made, instead of results/local",
        HelpName = "DIR",
    };

    private readonly Option<bool> _all = new("--all") { Description = "Run every class, not the default comparison alone: lifetimes, protocols, amortisation, payloads, concurrency, losing reuse, exhaustion" };

    private readonly Option<Fault?> _fault = new("--fault")
    {
        Description = "Break the run on purpose, to see that it notices: SharedClose (a shared HttpClient asks for Connection: close over HTTP/1.1) or BrokenResponses (WireMock.Net's faults cut half of the connections)",
    };

    /// <summary>Adds the options to the command.</summary>
    /// <param name="command">The root command.</param>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (var option in (Option[])[_targets, _offline, _requests, _userAgent, _requireTargets, _out, _all, _fault, .. _benchmarkDotNet.All])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked.</summary>
    /// <exception cref="UserException">A value does not fit.</exception>
    public ComparisonOptions Read(ParseResult result, bool verbose)
    {
        ArgumentNullException.ThrowIfNull(result);
        var given = _benchmarkDotNet.Given(result).ToList();
        RemoveTimeitExporter(given);
        if (given.Contains("--inProcess"))
        {
            throw CommonOptions.Wrong("--inProcess is refused: client and server would share a process, and the figures would be of neither");
        }

        if (given.Find(argument => argument is "--invocationCount" or "--unrollFactor") is { } multiplied)
        {
            throw CommonOptions.Wrong($"{multiplied} is refused: one invocation is one iteration here; --requests sets its size");
        }

        foreach (var (name, least) in (ReadOnlySpan<(string, int)>)[("--launchCount", 1), ("--iterationCount", 1), ("--warmupCount", 0)])
        {
            CheckCount(given, name, least);
        }

        return new ComparisonOptions
        {
            Requests = result.GetValue(_requests) is var requests and >= 1 and <= MostRequests
                ? requests
                : throw CommonOptions.Wrong($"--requests {result.GetValue(_requests)}: a number from 1 to {MostRequests}"),
            RealUrls = RealUrls(result),
            UserAgent = UserAgent(result.GetValue(_userAgent)!),
            RequireTargets = result.GetValue(_requireTargets),
            Out = result.GetValue(_out) is { } folder && string.IsNullOrWhiteSpace(folder)
                ? throw CommonOptions.Wrong("--out needs the name of a folder")
                : Path.GetFullPath(result.GetValue(_out) ?? Folders.Local),
            Verbose = verbose,
            All = result.GetValue(_all),
            Fault = result.GetValue(_fault),
            BenchmarkDotNet = given,
            CommandLine = CommonOptions.Publishable(result),
        };
    }

    private Uri[] RealUrls(ParseResult result)
    {
        var given = result.GetValue(_targets) ?? [];
        if (result.GetValue(_offline))
        {
            return given.Length == 0 ? [] : throw CommonOptions.Wrong("--offline and --target exclude each other: leave one out");
        }

        return given.Length == 0 ? [RunContext.DefaultRealUrl] : CommonOptions.Distinct([.. given.Select(url => CommonOptions.Url(url, "--target"))], "--target");
    }

    private static string UserAgent(string text)
    {
        using var request = new HttpRequestMessage();
        return request.Headers.UserAgent.TryParseAdd(text) ? text : throw CommonOptions.Wrong($"--user-agent '{text}' is not a valid User-Agent header");
    }

    private static void CheckCount(List<string> given, string name, int least)
    {
        var at = given.IndexOf(name);
        if (at >= 0 && (!int.TryParse(given[at + 1], out var count) || count < least))
        {
            throw CommonOptions.Wrong($"{name} {given[at + 1]}: a whole number from {least} up");
        }
    }

    // `--exporters timeit` alone: that exporter always runs, and BenchmarkDotNet does not know its name.
    private static void RemoveTimeitExporter(List<string> given)
    {
        var at = given.IndexOf("--exporters");
        for (var value = at + 1; at >= 0 && value < given.Count && !given[value].StartsWith("--", StringComparison.Ordinal); value++)
        {
            if (given[value].Equals("timeit", StringComparison.OrdinalIgnoreCase))
            {
                given.RemoveAt(value--);
            }
        }

        if (at >= 0 && (at + 1 == given.Count || given[at + 1].StartsWith("--", StringComparison.Ordinal)))
        {
            given.RemoveAt(at);
        }
    }
}
