using System.CommandLine;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The default verb: its options beside BenchmarkDotNet's, checked.</summary>
/// <param name="passedOn">What followed <c>--</c>: for BenchmarkDotNet.</param>
internal sealed class ComparisonCommand(IReadOnlyList<string> passedOn)
{
    private const int MostRequests = 1_000_000;

    private readonly BenchmarkDotNetOptions _benchmarkDotNet = new();

    private readonly Option<string[]> _targets = new("--target")
    {
        Description = "A real http(s) URL to compare on, instead of https://www.wikipedia.org/; repeatable",
        HelpName = "URL",
    };

    private readonly Option<bool> _offline = new("--offline") { Description = "Leave real targets out" };

    private readonly Option<int?> _requests = CommonOptions.WholeNumber(["--requests", "--number"], 1, MostRequests, "Requests per iteration [default: 100]");

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

    private readonly Option<string?> _json = CommonOptions.Json();

    private readonly Option<string?> _markdown = CommonOptions.Markdown();

    private readonly Option<bool> _explain = CommonOptions.Explain();

    private readonly Option<int?> _seed = CommonOptions.WholeNumber(["--seed"], 0, int.MaxValue, "Repeats the orders of the run that drew it [default: drawn]");

    private readonly Option<string[]> _passedOn = CommonOptions.PassedOnVariables();

    private readonly Option<bool> _all = new("--all") { Description = "Run every class, not the default comparison alone: lifetimes, protocols, amortisation, payloads, concurrency, losing reuse, exhaustion" };

    private readonly Option<Fault?> _fault = new("--fault")
    {
        Description = "Break the run on purpose, to see that it notices: SharedClose (a shared HttpClient asks for Connection: close over HTTP/1.1) or BrokenResponses (WireMock.Net's faults cut half of the connections)",
    };

    /// <summary>Those of the options that are BenchmarkDotNet's.</summary>
    public IReadOnlyCollection<Option> OfBenchmarkDotNet => [.. _benchmarkDotNet.All];

    /// <summary>Adds the options to the command.</summary>
    /// <param name="command">The root command.</param>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (var option in (Option[])[_targets, _offline, _requests, _userAgent, _requireTargets, _out, _json, _markdown, _explain, _seed, _passedOn, _all, _fault.Among(Enum.GetNames<Fault>()), .. _benchmarkDotNet.All])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked.</summary>
    /// <exception cref="UserException">A value does not fit.</exception>
    public ComparisonOptions Read(ParseResult result, bool verbose)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (passedOn.Select(Refused.Complaint).FirstOrDefault(complaint => complaint is not null) is { } refused)
        {
            throw CommonOptions.Wrong(refused);
        }

        if (passedOn.Select(word => word.Split('=')[0]).FirstOrDefault(word => _benchmarkDotNet.Has(word) || word.Equals(PassedOn.Option, StringComparison.OrdinalIgnoreCase)) is { } own)
        {
            throw CommonOptions.Wrong($"{own} is an option of this suite too: it goes before --");
        }

        return new ComparisonOptions
        {
            Requests = result.GetValue(_requests) ?? DocumentedFigures.Calls,
            RealUrls = RealUrls(result),
            UserAgent = UserAgent(result.GetValue(_userAgent)!),
            RequireTargets = result.GetValue(_requireTargets),
            Out = Writable.Folder(_out.Name, result.GetValue(_out) ?? Folders.Local),
            Verbose = verbose,
            Explain = result.GetValue(_explain),
            All = result.GetValue(_all),
            Fault = result.GetValue(_fault),
            Json = Writable.File(_json.Name, result.GetValue(_json)),
            Markdown = Writable.File(_markdown.Name, result.GetValue(_markdown)),
            Seed = result.GetValue(_seed),
            PassedOn = PassedOn.Parse(result.GetValue(_passedOn) ?? []),
            BenchmarkDotNet = [.. _benchmarkDotNet.Given(result), .. passedOn],
            CommandLine = CommonOptions.Publishable(result, passedOn),
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
}
