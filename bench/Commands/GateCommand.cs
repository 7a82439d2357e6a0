using System.CommandLine;
using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The performance gate: is head worse than base?</summary>
internal sealed class GateCommand
{
    private readonly Option<string?> _base = new("--base") { Description = "The commit to hold against [default: where HEAD left the main branch]", HelpName = "REF" };
    private readonly Option<string?> _head = new("--head") { Description = "The commit in question [default: the working tree]", HelpName = "REF" };
    private readonly Option<string?> _baseDir = new("--base-dir") { Description = "A published build (dotnet publish bench) to hold against", HelpName = "DIR" };
    private readonly Option<string?> _headDir = new("--head-dir") { Description = "The published build in question", HelpName = "DIR" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "A stored results.json to hold against: counts and allocations decide, times never", HelpName = "FILE" };
    private readonly Option<int> _budget = new("--budget") { Description = "Seconds for the measuring part; a confirming run takes as long again", DefaultValueFactory = _ => GateOptions.DefaultBudget, HelpName = "S" };
    private readonly Option<int?> _sets = new("--sets") { Description = "Sets of fresh processes [default: 12, or as many as the budget has room for]", HelpName = "N" };
    private readonly Option<int> _seed = new("--seed") { Description = "Decides every order", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<bool> _counts = new("--counts") { Description = "Counts and allocations only: seconds instead of minutes" };
    private readonly Option<string[]> _clients = new("--client") { Description = "A client to compare, by its pattern's id; repeatable [default: fresh and shared]", DefaultValueFactory = _ => [], HelpName = "ID" };
    private readonly Option<string?> _policy = new("--policy") { Description = "What counts, which rows block, and what a base without a row is: a JSON file", HelpName = "FILE" };
    private readonly Option<string?> _patterns = new("--patterns") { Description = "An assembly of yours with the clients to guard: its file in both folders, or alone beside --connections", HelpName = "DLL" };
    private readonly Option<string?> _respond = CommonOptions.Respond();
    private readonly Option<string?> _connections = new("--connections") { Description = "What clients may use, without a base: a JSON file of connections and bytes per client; with --counts", HelpName = "FILE" };
    private readonly Option<string?> _json = CommonOptions.Json();
    private readonly Option<string?> _markdown = CommonOptions.Markdown();
    private readonly Option<string?> _out = new("--out") { Description = "Where gate.md and gate.json go [default: results/local/gate]", HelpName = "DIR" };

    /// <summary>Where a report goes that is not asked to go elsewhere.</summary>
    public static string DefaultOut => Path.Combine(Folders.Local, "gate");

    /// <summary>Why a gate calls no server that was started apart.</summary>
    public const string NoServer = "the gate holds two builds of the client against each other, on servers of its own beside them";

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var gate = new GateCommand();
        var command = new Command("gate", "Tells whether head is worse than base.");
        foreach (var option in (Option[])[gate._base, gate._head, gate._baseDir, gate._headDir, gate._baseline, gate._budget, gate._sets, gate._seed, gate._counts, gate._clients, gate._patterns, gate._respond, gate._connections, gate._policy, gate._json, gate._markdown, gate._out, CommonOptions.NoServer(NoServer)])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, interrupted) => (int)await gate.GateAsync(result, interrupted));
        return command;
    }

    private async Task<ExitCode> GateAsync(ParseResult result, CancellationToken interrupted)
    {
        Check(result);
        if (result.GetValue(_connections) is { } budgets)
        {
            return await HoldBudgetsAsync(budgets, result, interrupted);
        }

        var patterns = result.GetValue(_patterns) is { } file ? GuardedPatterns.Of(file, result.GetValue(_headDir)!) : GuardedPatterns.Own;
        string[] clients = result.GetValue(_clients) is { Length: > 0 } asked ? asked : [.. patterns.UsersIds];
        var options = new GateOptions
        {
            Out = Writable.Folder(_out.Name, result.GetValue(_out) ?? DefaultOut),
            Plan = GateOptions.PlanOf(result.GetValue(_budget), result.GetValue(_sets), result.GetValue(_counts), clients, result.GetValue(_seed), patterns),
            Patterns = patterns,
            Policy = result.GetValue(_policy) is { } policy ? JsonOf(_policy, policy, GatePolicy.Parse) : GatePolicy.Default,
            EveryPattern = clients.Length == 0,
            CommandLine = CommonOptions.Publishable(result),
        };
        var (json, markdown) = (Writable.File(_json.Name, result.GetValue(_json)), Writable.File(_markdown.Name, result.GetValue(_markdown)));
        if (result.GetValue(_baseline) is { } baseline)
        {
            return Show(await BaselineAsync(baseline, options, interrupted), options.Out, json, markdown);
        }

        await using var builds = new Builds(Folders.Repository);
        foreach (var named in ((Option<string?>[])[_base, _head]).Select(option => result.GetValue(option)).OfType<string>())
        {
            await builds.CommitAsync(named, interrupted); // both, before a minute goes into building one
        }

        if (!Given(result, _baseDir) && !(Given(result, _base) && Given(result, _head)))
        {
            await builds.RefuseEqualAsync(result.GetValue(_base), result.GetValue(_head), interrupted);
        }

        Build before;
        try
        {
            before = result.GetValue(_baseDir) is { } baseDir ? BuildOf(_baseDir, baseDir)
                : await builds.OfAsync(result.GetValue(_base) ?? await builds.MergeBaseAsync(interrupted), interrupted);
        }
        catch (DoesNotBuildException e)
        {
            var message = $"base does not build, so there is nothing to hold head against: {e.Message}";
            throw new UserException(options.Policy.UnbuildableBase is not { } verdict ? ExitCode.CouldNotMeasure : EndOf(PolicyVerdicts.Verdict(verdict)), message);
        }

        var head = result.GetValue(_headDir) is { } headDir ? BuildOf(_headDir, headDir)
            : result.GetValue(_head) is { } reference ? await builds.OfAsync(reference, interrupted)
            : await builds.OfWorkingTreeAsync(interrupted);
        var run = new GateRun(options, Calibration(), GateRun.Processes(Progress, TimeProvider.System, patterns.File is null ? Builds.StationOf : GateRuntime.OwnStation, ServerOptions(result)), Progress, TimeProvider.System);
        return Show(await run.RunAsync(before, builds.Copy(before.Folder, "control"), head, interrupted), options.Out, json, markdown);

        Build BuildOf(Option option, string folder) => patterns.File is { } assembly ? Builds.OfUser(option.Name, folder, assembly) : Builds.Given(option.Name, folder);
    }

    private async Task<ExitCode> HoldBudgetsAsync(string path, ParseResult result, CancellationToken interrupted)
    {
        var budgets = JsonOf(_connections, path, ConnectionBudgets.Parse);
        var folder = Directory.GetCurrentDirectory();
        var patterns = result.GetValue(_patterns) is { } file ? GuardedPatterns.Of(file, folder) : GuardedPatterns.Own;
        var build = patterns.File is { } assembly ? Builds.OfUser(_patterns.Name, folder, assembly) with { Name = Path.GetFileName(assembly) } : new Build("this build", folder, Commit: null);
        var host = GateRun.Processes(Progress, TimeProvider.System, GateRuntime.OwnStation, ServerOptions(result))([("head", folder)]);
        var run = new BudgetRun(patterns, budgets, host, TimeProvider.System);
        var (target, json, markdown) = (Writable.Folder(_out.Name, result.GetValue(_out) ?? DefaultOut), Writable.File(_json.Name, result.GetValue(_json)), Writable.File(_markdown.Name, result.GetValue(_markdown)));
        return Show(await run.RunAsync(build, Path.GetFileName(path), CommonOptions.Publishable(result), interrupted), target, json, markdown);
    }

    private string[] ServerOptions(ParseResult result)
    {
        if (result.GetValue(_respond) is not { } path)
        {
            return [];
        }

        CommonOptions.Responses(path); // wrong use is told before anything is started
        return [_respond.Name, path];
    }

    private void Check(ParseResult result)
    {
        bool Given(params Option[] options) => options.Any(option => GateCommand.Given(result, option));
        var ways = new[] { Given(_base, _head), Given(_baseDir, _headDir), Given(_baseline) }.Count(way => way);
        if (ways > 1)
        {
            throw CommonOptions.Wrong("--base and --head, --base-dir and --head-dir, --baseline exclude each other: choose one way");
        }

        if (Given(_baseDir) != Given(_headDir))
        {
            throw CommonOptions.Wrong($"--base-dir and --head-dir go together: {(Given(_baseDir) ? "--head-dir" : "--base-dir")} is missing");
        }

        if (((Option[])[_clients, _policy, _budget, _sets, _counts, _seed]).FirstOrDefault(option => Given(option)) is { } own && Given(_baseline))
        {
            throw CommonOptions.Wrong($"{own.Name} belongs to a comparison of two builds");
        }

        if (Given(_connections) && !Given(_counts))
        {
            throw CommonOptions.Wrong($"{_connections.Name} is about counts: add {_counts.Name}");
        }

        if (((Option[])[_base, _head, _baseDir, _headDir, _baseline, _clients, _policy, _budget, _sets, _seed]).FirstOrDefault(option => Given(option)) is { } another && Given(_connections))
        {
            throw CommonOptions.Wrong($"{another.Name} belongs to a comparison of two builds; {_connections.Name} holds one against a file");
        }

        if (Given(_patterns) && !Given(_baseDir) && !Given(_connections))
        {
            throw CommonOptions.Wrong($"{_patterns.Name} is an assembly in two folders: name them with {_baseDir.Name} and {_headDir.Name}, or a budget with {_connections.Name}");
        }

        if (Given(_respond) && !Given(_patterns))
        {
            throw CommonOptions.Wrong($"{_respond.Name} answers clients of yours: name their assembly with {_patterns.Name}");
        }

        if (result.GetValue(_budget) < 1)
        {
            throw CommonOptions.Wrong($"--budget {result.GetValue(_budget)}: a whole number from 1 up");
        }

        if (result.GetValue(_sets) < 1)
        {
            throw CommonOptions.Wrong($"--sets {result.GetValue(_sets)}: a whole number from 1 up");
        }
    }

    // The same run as the stored one's: counts depend on how calls are made and counted.
    private static async Task<ResultFile> BaselineAsync(string path, GateOptions options, CancellationToken interrupted)
    {
        ResultFile stored;
        try
        {
            stored = CheckedResult.Read(path);
        }
        catch (ResultFileException e)
        {
            throw CommonOptions.Wrong($"--baseline {e.Message}");
        }

        var requests = stored.Rows.OrderByDescending(BaselineVerdicts.IsOfTheComparison).Select(row => row.Requests).DefaultIfEmpty(DocumentedFigures.Calls).First();
        var (now, _) = await OwnRun.ComparisonAsync(["--offline", "--requests", $"{requests}", "--launchCount", "3"], interrupted);
        return now with
        {
            Runs = [.. now.Runs.Select(run => run with { Kind = RunKind.Gate, CommandLine = options.CommandLine })],
            Gate = new GateFindings
            {
                Base = $"{Path.GetFileName(path)} ({Reporting.Reports.Machine.ShortCommit(stored.Environment)})",
                Head = $"this build ({Reporting.Reports.Machine.ShortCommit(now.Environment)})",
                Rows = BaselineVerdicts.Of(stored, now, Calibration()),
            },
        };
    }

    private static Calibration Calibration() => new GateValidation(GateValidation.Folder).Calibration();

    /// <summary>Writes and prints a result.</summary>
    /// <returns>How the program ends with its verdict.</returns>
    public static ExitCode Show(ResultFile result, string folder, string? json = null, string? markdown = null)
    {
        var table = GateTable.Render(result);
        var delivery = new Delivery(result, table, Console.Error);
        delivery.Result(json);
        delivery.Table(markdown);
        delivery.Table(Path.Combine(folder, "gate.md"));
        delivery.Result(Path.Combine(folder, "gate.json"));
        Console.Out.Write(table);
        return delivery.End() ? EndOf(result.Gate!.Verdict) : ExitCode.CouldNotMeasure;
    }

    private static ExitCode EndOf(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Regression => ExitCode.DoesNotHold,
        GateVerdict.Inconclusive => ExitCode.Inconclusive,
        _ => ExitCode.Done,
    };

    private static bool Given(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static T JsonOf<T>(Option option, string path, Func<string, T> parse)
    {
        try
        {
            return File.Exists(path) ? parse(File.ReadAllText(path)) : throw CommonOptions.Wrong($"{option.Name} {path}: no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw CommonOptions.Wrong($"{option.Name} {path}: {e.Message}");
        }
    }

    /// <summary>Tells what goes on.</summary>
    public static void Progress(string line) => Console.Error.WriteLine(line);
}
