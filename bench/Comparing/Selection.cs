using BenchmarkDotNet.Configs;
using BenchmarkDotNet.ConsoleArguments;
using BenchmarkDotNet.ConsoleArguments.ListBenchmarks;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Turns.BenchmarkDotNet;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>What BenchmarkDotNet's own arguments select: classes, rows, jobs, exporters.</summary>
internal sealed class Selection
{
    private static readonly Type[] Classes =
        [typeof(WireMockHttp), typeof(WireMockHttps), typeof(KestrelHttp), typeof(KestrelHttps), typeof(RealHttps)];

    // Too much for every run: only with --all, or where a filter names one.
    private static readonly Type[] OutsideDefault =
    [
        typeof(ClientLifetimes), typeof(ClientLifetimesGrpc), typeof(LosingReuse), typeof(Amortisation), typeof(Concurrency),
        typeof(Payloads), typeof(PayloadsOverLink), typeof(EmulatedLink), typeof(Protocols), typeof(ProtocolsHttp3), typeof(Exhaustion),
        typeof(EqualClientsPlain), typeof(EqualClientsTls), typeof(RealClientLifetimes),
    ];

    private const int ShortestName = 3;

    private static readonly string[] Methods =
    [
        nameof(KestrelHttps.Fresh), nameof(KestrelHttps.FreshFull), nameof(KestrelHttps.Shared),
        nameof(KestrelHttps.FloorFresh), nameof(KestrelHttps.FloorFreshFull), nameof(KestrelHttps.FloorShared),
    ];

    // The classes of the default comparison and the patterns that the methods of the fullest are named after.
    private static readonly string[] DefaultNames = [.. Classes.Select(type => type.Name), .. Methods.Select(KebabCase.Of)];

    private readonly IReadOnlyList<string> _arguments;
    private readonly ComparisonOptions _options;
    private readonly CommandLineOptions _given;
    private readonly IConfig _parsed;
    private readonly bool _ownJobs;

    private Selection(ComparisonOptions options, CommandLineOptions given, IConfig parsed, bool ownJobs)
    {
        _options = options;
        _arguments = options.BenchmarkDotNet;
        _given = given;
        _parsed = parsed;
        _ownJobs = ownJobs;
    }

    /// <summary>The artifacts folder that was asked for; null for the run's own.</summary>
    public string? Artifacts => _given.ArtifactsDirectory?.FullName;

    /// <summary>The local targets that the selected rows need, the control of real ones included.</summary>
    public IReadOnlyList<string> LocalTargets
    {
        get
        {
            var selected = Selected(new ManualConfig())
                .SelectMany(run => run.BenchmarksCases)
                .Select(benchmark => RowKey.Of(benchmark, null))
                .Where(row => row.Unsupported is null)
                .Select(row => row.TargetId)
                .ToHashSet();
            if (selected.Remove(TargetIds.Real))
            {
                selected.UnionWith(_options.RealUrls.Select(url => Controls.OfComparison(url, _options.HttpVersion)));
            }

            return [.. LocalServers.Available.Where(selected.Contains)];
        }
    }

    /// <summary>The round trips of the emulated links that the selected rows need, in milliseconds.</summary>
    public IReadOnlyList<int> Links => [.. Selected(new ManualConfig())
        .SelectMany(run => run.BenchmarksCases)
        .Select(benchmark => RowKey.Of(benchmark, null).LinkMilliseconds)
        .Where(milliseconds => milliseconds > 0)
        .Distinct()];

    /// <summary>Whether a class is no part of the default comparison.</summary>
    public static bool IsOutsideDefault(Type type) => OutsideDefault.Contains(type);

    /// <summary>Whether a class calls somebody else's servers.</summary>
    public static bool IsReal(Type type) => type == typeof(RealHttps) || type == typeof(RealClientLifetimes);

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UserException">BenchmarkDotNet does not take them, or they select nothing.</exception>
    public static Selection Of(ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new AccumulationLogger();
        var ownJobs = !options.BenchmarkDotNet.Contains("--job");
        var global = new ManualConfig();
        if (ownJobs)
        {
            global.AddJob(Jobs.Ours.AsDefault()); // what the arguments say of a job is said of this one
        }

        var (valid, parsed, given) = ConfigParser.Parse([.. options.BenchmarkDotNet], errors, global);
        if (!valid)
        {
            throw new UserException(ExitCode.WrongUse, $"BenchmarkDotNet: {FirstLine(errors.GetLog())}");
        }

        var selection = new Selection(options, given, parsed, ownJobs);
        BenchmarkCase[] cases = [.. selection.Selected(new ManualConfig()).SelectMany(run => run.BenchmarksCases)];
        string[] idle = [.. given.Filters.Where(filter => !cases.Any(new GlobFilter([filter]).Predicate))];
        if (cases.Length == 0 || idle.Length > 0)
        {
            throw new UserException(ExitCode.WrongUse,
                options.RealUrls.Count == 0 && idle.Any(filter => filter.Contains("Real", StringComparison.OrdinalIgnoreCase))
                    ? "--offline leaves out every row that the filter selects"
                    : $"no benchmark matches {string.Join(" ", idle.Select(filter => $"'{filter}'"))}; --list flat shows them all");
        }

        return selection;
    }

    /// <summary>What BenchmarkDotNet says of its own options.</summary>
    public static IReadOnlyList<string> OwnHelp()
    {
        var said = new AccumulationLogger();
        ConfigParser.Parse(["--help"], said, new ManualConfig());
        return [.. said.GetLog().Split('\n').Select(line => line.TrimEnd())];
    }

    /// <summary>Whether the arguments ask for a list or information instead of a run.</summary>
    public bool AsksOnly => _given.PrintInformation || _given.ListBenchmarkCaseMode != ListBenchmarkCaseMode.Disabled;

    /// <summary>Answers such a question: a flat list by the names that a filter sees, everything else as BenchmarkDotNet does.</summary>
    /// <param name="output">Where the list goes.</param>
    public void Answer(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var selected = Selected(new ManualConfig());
        if (_given.ListBenchmarkCaseMode != ListBenchmarkCaseMode.Flat)
        {
            BenchmarkSwitcher.FromTypes([.. selected.Select(run => run.Type)])
                .Run([.. _arguments], new ManualConfig().AddLogger(ConsoleLogger.Default).AddJob(Job.Default).AddFilter(new SimpleFilter(HasHandshakesToTell)));
            return;
        }

        foreach (var name in selected.SelectMany(AsDeclared).Select(FullNameProvider.GetBenchmarkName).Distinct())
        {
            output.WriteLine(name);
        }
    }

    /// <summary>What will be run.</summary>
    /// <param name="seed">Decides every order.</param>
    public ComparisonPlan Plan(int seed)
    {
        var several = _parsed.GetJobs().Count() > 1;
        return new ComparisonPlan(seed, Selected(new ManualConfig())
            .SelectMany(AsDeclared)
            .Select(benchmark => (Planned(benchmark, several ? benchmark.Job.ResolvedId : null), benchmark.Job.ResolvedId)));
    }

    /// <summary>The selected benchmarks with their jobs.</summary>
    public IReadOnlyList<BenchmarkRunInfo> Runs(IConfig config, TurnsToolchain turns) => Selected(config, turns);

    private PlannedRow Planned(BenchmarkCase benchmark, string? job)
    {
        var row = RowKey.Of(benchmark, job);
        var plan = RowPlanner.Of(row, _options.Requests);
        if (!_ownJobs || _given.IterationCount is not null || _given.WarmupIterationCount is not null)
        {
            // Iterations that somebody asked for are turns.
            var asked = benchmark.Job.HasValue(RunMode.IterationCountCharacteristic) ? benchmark.Job.Run.IterationCount : plan.Iterations;
            plan = plan with { Turns = asked, IterationsOfATurn = 1 };
        }

        return new PlannedRow(row, FullNameProvider.GetBenchmarkName(benchmark), plan, RoundsOf(benchmark.Job, benchmark.Descriptor.Type))
        {
            LoggedCalls = LoggedCalls.CallsOf(row.Pattern, row.Url is null, _options.Requests),
            JobDecides = !_ownJobs,
        };
    }

    private int RoundsOf(Job job, Type type) => !_ownJobs ? job.ResolveValue(RunMode.LaunchCountCharacteristic, 1)
        : _given.LaunchCount is not null ? job.Run.LaunchCount
        : Jobs.RoundsOf(type, _options.Requests);

    private BenchmarkRunInfo[] Selected(IConfig config, TurnsToolchain? turns = null) => [.. Classes.Concat(OutsideDefault.Where(IsAskedFor))
        .Where(type => !IsReal(type) || _options.RealUrls.Count > 0)
        .Select(type => BenchmarkConverter.TypeToBenchmarks(type, ConfigOf(type, config, turns)))
        .Where(run => run.BenchmarksCases.Length > 0)];

    // BenchmarkDotNet sorts cases by their text, in which 1024 comes before 14, and the methods of a base class first.
    private static IEnumerable<BenchmarkCase> AsDeclared(BenchmarkRunInfo run) => run.BenchmarksCases
        .OrderBy(benchmark => benchmark.Parameters.Items
            .Where(item => item.Name is RowKey.CaseParameter or RowKey.ClientParameter)
            .Select(item => Array.IndexOf(item.Definition.Values, item.Value))
            .FirstOrDefault())
        .ThenBy(benchmark => Array.IndexOf(Methods, benchmark.Descriptor.WorkloadMethod.Name));

    // '*Lifetimes*' names a class and '*refit*' rows that only one class has; '*.Shared' means those of the default comparison.
    private bool IsAskedFor(Type type) => type == typeof(RealClientLifetimes) ? ManyClientsAreAskedFor : _options.All || (AsksOnly && !_given.Filters.Any()) || _given.Filters
        .SelectMany(filter => filter.Split('*', '.', '?'))
        .Where(part => part.Length >= ShortestName)
        .Any(part => Has(part, type.Name)
            || (!DefaultNames.Any(name => Has(part, name)) && ((Comparison)Activator.CreateInstance(type)!).OwnClients.Any(id => Has(part, id))));

    // So many clients call nobody's server unless it is the user's own, and unless this class and no other is meant.
    private bool ManyClientsAreAskedFor => (AsksOnly && !_given.Filters.Any())
        || (_options.TargetsAreGiven && (_options.Clients.Count > 0 || _given.Filters.Any(filter => Has(nameof(RealClientLifetimes), filter))));

    private static bool Has(string part, string name) => name.Contains(part, StringComparison.OrdinalIgnoreCase);

    // Without turns nothing runs: what is selected is only looked at.
    private ManualConfig ConfigOf(Type type, IConfig config, TurnsToolchain? turns)
    {
        var jobs = _parsed.GetJobs().Select(job => (turns is null ? job
            : _ownJobs ? Jobs.For(job, type, RoundsOf(job, type), turns)
            : Jobs.AsGiven(job, turns)).WithSettings(_options.PassedOn).WithId(job.ResolvedId)); // the plan knows it by that id
        return ManualConfig.Union(config, WithoutJobs(_parsed))
            .AddJob([.. jobs])
            .AddFilter(new SimpleFilter(HasHandshakesToTell));
    }

    // Everything that BenchmarkDotNet read off the arguments but its jobs, which become rounds.
    private static ManualConfig WithoutJobs(IConfig parsed)
    {
        var config = new ManualConfig { Options = parsed.Options, BuildTimeout = parsed.BuildTimeout, SummaryStyle = parsed.SummaryStyle, WakeLock = parsed.WakeLock };
        return config
            .AddExporter([.. parsed.GetExporters()])
            .AddDiagnoser([.. parsed.GetDiagnosers()])
            .AddHardwareCounters([.. parsed.GetHardwareCounters()])
            .AddColumnProvider([.. parsed.GetColumnProviders()])
            .HideColumns([.. parsed.GetColumnHidingRules()])
            .AddFilter([.. parsed.GetFilters()]);
    }

    // Over plain HTTP a client that differs only in its TLS handshake is the same client twice.
    private static bool HasHandshakesToTell(BenchmarkCase benchmark)
    {
        var row = RowKey.Of(benchmark, null);
        return row.Url is null || !row.Pattern.TlsOnly || row.Url.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal);
    }

    private static string FirstLine(string log) =>
        log[(log.IndexOf("ERROR(S):", StringComparison.Ordinal) is >= 0 and var errors ? errors + "ERROR(S):".Length : 0)..].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(line => !line.StartsWith("ConnectionReuse", StringComparison.Ordinal))
        ?? "BenchmarkDotNet does not take these arguments; --help shows them";
}
