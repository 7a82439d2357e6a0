using System.CommandLine;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The default verb: its options beside BenchmarkDotNet's, checked.</summary>
/// <param name="passedOn">What followed <c>--</c>: for BenchmarkDotNet.</param>
/// <param name="crank">Told what was found.</param>
internal sealed class ComparisonCommand(IReadOnlyList<string> passedOn, CrankReport crank)
{
    private const int MostRequests = 1_000_000;

    private const string UserAgentOption = "--user-agent";

    private static readonly string[] WayThere = [UserAgentOption, "-A", "--proxy", "--timeout", "--cacert"];

    private readonly BenchmarkDotNetOptions _benchmarkDotNet = new();

    private readonly Option<string[]> _targets = new("--target")
    {
        Description = "A real http(s) URL to compare on, instead of https://www.wikipedia.org/; repeatable",
        HelpName = "URL",
    };

    private readonly Option<string?> _http = new("--http") { Description = "The HTTP version to insist on with real targets: 1.1, 2 (over http:// without TLS) or 3", HelpName = "VERSION" };

    private readonly Option<string[]> _client = new("--client")
    {
        Description = "A client pattern for real targets too, such as restsharp-shared, or all-lifetimes; repeatable",
        HelpName = "ID",
    };

    private readonly Option<bool> _offline = new("--offline") { Description = "Leave real targets out" };

    private readonly Option<int?> _requests = CommonOptions.WholeNumber(["--requests", "--number"], 1, MostRequests, "Requests per iteration [default: 100]");

    private readonly RequestOptionSet _request = new();

    private readonly Option<string?> _server = CommonOptions.Server();

    private readonly Option<bool> _requireTargets = new("--require-targets") { Description = "Exit with 4 when the default real target does not answer; yours always do" };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Where result folders are made, instead of results/local",
        HelpName = "DIR",
    };

    private readonly Option<string?> _json = CommonOptions.Json();

    private readonly Option<string?> _markdown = CommonOptions.Markdown();

    private readonly Option<bool> _open = CommonOptions.Open();

    private readonly Option<bool> _explain = CommonOptions.Explain();

    private readonly Option<int?> _seed = CommonOptions.WholeNumber(["--seed"], 0, int.MaxValue, "Repeats the orders of the run that drew it");

    private readonly Option<string[]> _passedOn = CommonOptions.PassedOnVariables();

    private readonly Option<bool> _all = new("--all") { Description = "Run every class, not the default comparison alone" };

    private readonly Option<Fault?> _fault = new("--fault")
    {
        Description = "Break the run on purpose, to see that it notices: SharedClose or BrokenResponses",
    };

    /// <summary>Those of the options that are BenchmarkDotNet's.</summary>
    public IReadOnlyCollection<Option> OfBenchmarkDotNet => [.. _benchmarkDotNet.All];

    /// <summary>Adds the options to the command.</summary>
    /// <param name="command">The root command.</param>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (var option in (Option[])[_targets, _http, _client, _offline, _server, _requests, .. _request.All, _requireTargets, _out, _json, _markdown, _open, _explain, crank.Option, _seed, _passedOn, _all, _fault.Among(Enum.GetNames<Fault>()), .. _benchmarkDotNet.All])
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

        var server = CommonOptions.ServerAt(result.GetValue(_server));
        if (server is not null)
        {
            CommonOptions.RefuseWithServer(result, [_targets, _client, _passedOn, _fault, .. _request.All]);
        }

        var asked = Fitting(_request.Read(result));
        var urls = RealUrls(result, asked);
        var http = CommonOptions.HttpVersion(_http.Name, result.GetValue(_http));
        if (http is not null && urls.Length == 0)
        {
            throw CommonOptions.Wrong("--http is for real targets, which --offline leaves out");
        }

        if (http is { Major: 3 } && urls.FirstOrDefault(url => url.Scheme == Uri.UriSchemeHttp) is { } plain)
        {
            throw CommonOptions.Wrong($"--http 3 is for https: {PublicUrl.Of(plain)} has no TLS, and QUIC always has");
        }

        return new ComparisonOptions
        {
            Requests = result.GetValue(_requests) ?? DocumentedFigures.Calls,
            RealUrls = urls,
            Server = server,
            TargetsAreGiven = result.GetValue(_targets) is { Length: > 0 },
            HttpVersion = http,
            Clients = Clients(result, http, asked.Request),
            Asked = asked,
            UserAgent = CommonOptions.DefaultUserAgent,
            RequireTargets = result.GetValue(_requireTargets) || result.GetValue(_targets) is { Length: > 0 }, // what was asked for by name is never missing in silence
            Out = Writable.Folder(_out.Name, result.GetValue(_out) ?? Folders.Local),
            Verbose = verbose,
            Explain = result.GetValue(_explain),
            All = result.GetValue(_all),
            Fault = result.GetValue(_fault),
            Json = Writable.File(_json.Name, result.GetValue(_json)),
            Markdown = Writable.File(_markdown.Name, result.GetValue(_markdown)),
            Open = result.GetValue(_open),
            Told = crank.Take,
            Seed = result.GetValue(_seed),
            PassedOn = PassedOn.Parse(result.GetValue(_passedOn) ?? []),
            BenchmarkDotNet = [.. _benchmarkDotNet.Given(result), .. passedOn],
            CommandLine = CommonOptions.Publishable(result, passedOn),
        };
    }

    // Its processes get the request in a variable of their environment, which is bounded: 128 kB on Linux, 32 kB on Windows.
    private static AskedRequest Fitting(AskedRequest asked)
    {
        var most = OperatingSystem.IsWindows() ? 30_000 : 120_000;
        return new RunContext { Request = asked.Request }.RequestText().Length <= most ? asked
            : throw CommonOptions.Wrong($"the request is too big for the comparison, which has room for {most / 2_000} kB of data: timeit takes it");
    }

    private Uri[] RealUrls(ParseResult result, AskedRequest asked)
    {
        Uri[] given = [.. asked.With([.. (result.GetValue(_targets) ?? []).Select(url => CommonOptions.Url(url, "--target"))])];
        if (result.GetValue(_offline) || result.GetResult(_server) is { Implicit: false })
        {
            return given.Length > 0 ? throw CommonOptions.Wrong("--offline and --target exclude each other: leave one out")
                : asked.Options.FirstOrDefault(option => option is not (UserAgentOption or "-A")) is { } idle ? throw CommonOptions.Wrong($"{idle} is for a URL: --offline calls none")
                : given;
        }

        if (asked.Request.Pause > TimeSpan.Zero)
        {
            throw CommonOptions.Wrong("--pause is for timeit: BenchmarkDotNet would time the pauses with the calls");
        }

        if (given.Length > 0)
        {
            asked.Check(given);
            return CommonOptions.Distinct(given, "--target");
        }

        // The documented site is nobody's to send requests of one's own to: only the way there can be chosen.
        return asked.Options.FirstOrDefault(option => !WayThere.Contains(option)) is { } own ? throw CommonOptions.Wrong($"{own} is for a URL of yours: --target URL names it")
            : [RunContext.DefaultRealUrl];
    }

    private string[] Clients(ParseResult result, Version? http, OwnRequest request)
    {
        string[] asked = result.GetValue(_client) ?? [];
        if (asked.Length > 0 && result.GetValue(_targets) is not { Length: > 0 })
        {
            throw CommonOptions.Wrong("--client is for URLs of yours: name one with --target");
        }

        var clients = NamedClients.Of(asked, full: false);
        foreach (var client in asked.Where(client => client != NamedClients.AllLifetimes))
        {
            if (NamedClients.Uncounted(ClientPatterns.All[client], http, request) is { } reason)
            {
                throw CommonOptions.Wrong($"--client {client}: {reason}");
            }
        }

        return asked.Length == 0 ? [] : [.. clients];
    }
}
