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
    private readonly Option<string?> _json = CommonOptions.Json();
    private readonly Option<string?> _markdown = CommonOptions.Markdown();
    private readonly Option<string?> _out = new("--out") { Description = "Where gate.md and gate.json go [default: results/local/gate]", HelpName = "DIR" };

    /// <summary>Where a report goes that is not asked to go elsewhere.</summary>
    public static string DefaultOut => Path.Combine(Folders.Local, "gate");

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var gate = new GateCommand();
        var command = new Command("gate", "Tells whether head is slower than base, opens more connections or allocates more.");
        foreach (var option in (Option[])[gate._base, gate._head, gate._baseDir, gate._headDir, gate._baseline, gate._budget, gate._sets, gate._seed, gate._counts, gate._clients, gate._policy, gate._json, gate._markdown, gate._out])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, interrupted) => (int)await gate.GateAsync(result, interrupted));
        return command;
    }

    private async Task<ExitCode> GateAsync(ParseResult result, CancellationToken interrupted)
    {
        Check(result);
        string[] clients = result.GetValue(_clients) ?? [];
        var options = new GateOptions
        {
            Out = Writable.Folder(_out.Name, result.GetValue(_out) ?? DefaultOut),
            Plan = GateOptions.PlanOf(result.GetValue(_budget), result.GetValue(_sets), result.GetValue(_counts), clients, result.GetValue(_seed)),
            Policy = PolicyOf(result.GetValue(_policy)),
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
            before = result.GetValue(_baseDir) is { } baseDir ? Builds.Given("--base-dir", baseDir)
                : await builds.OfAsync(result.GetValue(_base) ?? await builds.MergeBaseAsync(interrupted), interrupted);
        }
        catch (DoesNotBuildException e)
        {
            var message = $"base does not build, so there is nothing to hold head against: {e.Message}";
            throw new UserException(options.Policy.UnbuildableBase is not { } verdict ? ExitCode.CouldNotMeasure : EndOf(PolicyVerdicts.Verdict(verdict)), message);
        }

        var head = result.GetValue(_headDir) is { } headDir ? Builds.Given("--head-dir", headDir)
            : result.GetValue(_head) is { } reference ? await builds.OfAsync(reference, interrupted)
            : await builds.OfWorkingTreeAsync(interrupted);
        var run = new GateRun(options, Calibration(), GateRun.Processes(Progress, TimeProvider.System), Progress, TimeProvider.System);
        return Show(await run.RunAsync(before, builds.Copy(before.Folder, "control"), head, interrupted), options.Out, json, markdown);
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

    private static GatePolicy PolicyOf(string? path)
    {
        if (path is null)
        {
            return GatePolicy.Default;
        }

        try
        {
            return File.Exists(path) ? GatePolicy.Parse(File.ReadAllText(path)) : throw CommonOptions.Wrong($"--policy {path}: no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw CommonOptions.Wrong($"--policy {path}: {e.Message}");
        }
    }

    /// <summary>Tells what goes on.</summary>
    public static void Progress(string line) => Console.Error.WriteLine(line);
}
