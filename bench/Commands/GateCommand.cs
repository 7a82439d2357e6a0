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
        foreach (var option in (Option[])[gate._base, gate._head, gate._baseDir, gate._headDir, gate._baseline, gate._budget, gate._sets, gate._seed, gate._counts, gate._clients, gate._json, gate._markdown, gate._out])
        {
            command.Options.Add(option);
        }

        command.SetAction((result, _) => gate.RunAsync(result));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result)
    {
        using var interruption = new Interruption();
        return (int)await GateAsync(result, interruption.Token);
    }

    private async Task<ExitCode> GateAsync(ParseResult result, CancellationToken interrupted)
    {
        Check(result);
        string[] clients = result.GetValue(_clients) ?? [];
        var options = new GateOptions
        {
            Out = Path.GetFullPath(result.GetValue(_out) ?? DefaultOut),
            Plan = GateOptions.PlanOf(result.GetValue(_budget), result.GetValue(_sets), result.GetValue(_counts), clients, result.GetValue(_seed)),
            EveryPattern = clients.Length == 0,
            CommandLine = CommonOptions.Publishable(result),
        };
        if (result.GetValue(_baseline) is { } baseline)
        {
            return Show(await BaselineAsync(baseline, options, interrupted), options.Out, result.GetValue(_json), result.GetValue(_markdown));
        }

        await using var builds = new Builds(Folders.Repository);
        var before = result.GetValue(_baseDir) is { } baseDir ? Builds.Given("--base-dir", baseDir)
            : await builds.OfAsync(result.GetValue(_base) ?? await builds.MergeBaseAsync(interrupted), interrupted);
        var head = result.GetValue(_headDir) is { } headDir ? Builds.Given("--head-dir", headDir)
            : result.GetValue(_head) is { } reference ? await builds.OfAsync(reference, interrupted)
            : await builds.OfWorkingTreeAsync(interrupted);
        var run = new GateRun(options, Calibration(), Progress, TimeProvider.System);
        return Show(await run.RunAsync(before, builds.Copy(before.Folder, "control"), head, interrupted), options.Out, result.GetValue(_json), result.GetValue(_markdown));
    }

    private void Check(ParseResult result)
    {
        bool Given(params Option[] options) => options.Any(option => result.GetResult(option) is { Implicit: false });
        var ways = new[] { Given(_base, _head), Given(_baseDir, _headDir), Given(_baseline) }.Count(way => way);
        if (ways > 1)
        {
            throw CommonOptions.Wrong("--base and --head, --base-dir and --head-dir, --baseline exclude each other: choose one way");
        }

        if (Given(_baseDir) != Given(_headDir))
        {
            throw CommonOptions.Wrong($"--base-dir and --head-dir go together: {(Given(_baseDir) ? "--head-dir" : "--base-dir")} is missing");
        }

        if (Given(_clients) && Given(_baseline))
        {
            throw CommonOptions.Wrong("--client belongs to a comparison of two builds");
        }

        if (((Option[])[_budget, _sets, _counts, _seed]).FirstOrDefault(option => Given(option)) is { } own && Given(_baseline))
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
        if (json is not null)
        {
            ResultFiles.Write(json, result);
        }

        if (markdown is not null)
        {
            ResultFiles.WriteText(markdown, table);
        }

        ResultFiles.WriteText(Path.Combine(folder, "gate.md"), table);
        ResultFiles.Write(Path.Combine(folder, "gate.json"), result);
        Console.Out.Write(table);
        return result.Gate!.Verdict switch
        {
            GateVerdict.Regression => ExitCode.DoesNotHold,
            GateVerdict.Inconclusive => ExitCode.Inconclusive,
            _ => ExitCode.Done,
        };
    }

    /// <summary>Tells what goes on.</summary>
    public static void Progress(string line) => Console.Error.WriteLine(line);
}
