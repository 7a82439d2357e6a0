using System.CommandLine;
using System.Diagnostics;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The performance gate: is head worse than base?</summary>
public sealed class GateCommand
{
    private readonly Option<string?> _base = new("--base") { Description = "The commit to hold against [default: where HEAD left the main branch]", HelpName = "REF" };
    private readonly Option<string?> _head = new("--head") { Description = "The commit in question [default: the working tree]", HelpName = "REF" };
    private readonly Option<string?> _baseDir = new("--base-dir") { Description = "A published build (dotnet publish bench) to hold against", HelpName = "DIR" };
    private readonly Option<string?> _headDir = new("--head-dir") { Description = "The published build in question", HelpName = "DIR" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "A stored results.json to hold against: counts and allocations decide, times never", HelpName = "FILE" };
    private readonly Option<int> _budget = new("--budget") { Description = "Seconds for the measuring part; a confirming run takes as long again", DefaultValueFactory = _ => GateOptions.DefaultBudget, HelpName = "S" };
    private readonly Option<int?> _pairs = new("--pairs") { Description = "Pairs of fresh processes [default: 12, or as many as the budget has room for]", HelpName = "N" };
    private readonly Option<int> _seed = new("--seed") { Description = "Decides every order", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<bool> _counts = new("--counts") { Description = "Counts and allocations only: seconds instead of minutes" };
    private readonly Option<string[]> _clients = new("--client") { Description = "A client to compare, by its pattern's id; repeatable [default: fresh and shared]", DefaultValueFactory = _ => [], HelpName = "ID" };
    private readonly Option<string?> _out = new("--out") { Description = "Where gate.md and gate.json go [default: results/local/gate]", HelpName = "DIR" };
    private readonly Option<bool> _selfTest = new("--self-test") { Description = "Measure the gate itself, and append to results/gate-validation" };
    private readonly Option<string?> _kind = new("--kind") { Description = "With --self-test: what to do to head [default: what has been run least]", HelpName = "KIND" };
    private readonly Option<int> _runs = new("--runs") { Description = "With --self-test: runs", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<Mutation?> _mutation = new("--mutation") { Hidden = true };
    private readonly Option<string?> _role = new("--role") { Hidden = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var gate = new GateCommand();
        var command = new Command("gate", "Tells whether head is slower than base, opens more connections or allocates more.");
        foreach (var option in (Option[])[gate._base, gate._head, gate._baseDir, gate._headDir, gate._baseline, gate._budget, gate._pairs, gate._seed, gate._counts, gate._clients, gate._out, gate._selfTest, gate._kind, gate._runs, gate._mutation, gate._role])
        {
            command.Options.Add(option);
        }

        command.SetAction((result, _) => gate.RunAsync(result));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result)
    {
        // Ctrl-C reaches every process of the terminal: a role ends when the run closes its input.
        using var interruption = new Interruption();
        switch (result.GetValue(_role))
        {
            case "client":
                GateClient.Serve(Console.In, Console.Out);
                return (int)ExitCode.Done;
            case "load":
                await BackgroundLoad.ServeAsync(Console.In);
                return (int)ExitCode.Done;
            default:
                return (int)await GateAsync(result, interruption.Token);
        }
    }

    private async Task<ExitCode> GateAsync(ParseResult result, CancellationToken interrupted)
    {
        Check(result);
        var options = new GateOptions
        {
            Seed = result.GetValue(_seed),
            Out = Path.GetFullPath(result.GetValue(_out) ?? Path.Combine(Folders.Local, "gate")),
            Plan = GateOptions.PlanOf(result.GetValue(_budget), result.GetValue(_pairs), result.GetValue(_counts), result.GetValue(_clients) ?? []) with { Mutation = result.GetValue(_mutation) },
        };
        var selfTest = new SelfTest(SelfTest.Folder);
        if (result.GetValue(_baseline) is { } baseline)
        {
            return Show(await BaselineAsync(baseline, Calibration(selfTest), interrupted), options.Out);
        }

        await using var builds = new Builds(Folders.Repository);
        if (result.GetValue(_selfTest))
        {
            return await SelfTestAsync(result, options, selfTest, builds, interrupted);
        }

        var before = result.GetValue(_baseDir) is { } baseDir ? Builds.Given("--base-dir", baseDir)
            : await builds.OfAsync(result.GetValue(_base) ?? await builds.MergeBaseAsync(interrupted), interrupted);
        var head = result.GetValue(_headDir) is { } headDir ? Builds.Given("--head-dir", headDir)
            : result.GetValue(_head) is { } reference ? await builds.OfAsync(reference, interrupted)
            : await builds.OfWorkingTreeAsync(interrupted);
        var run = new GateRun(options, Calibration(selfTest), Progress, TimeProvider.System);
        return Show(await run.RunAsync(before, builds.Copy(before.Folder, "control"), head, interrupted), options.Out);
    }

    private void Check(ParseResult result)
    {
        bool Given(params Option[] options) => options.Any(option => result.GetResult(option) is { Implicit: false });
        var ways = new[] { Given(_base, _head), Given(_baseDir, _headDir), Given(_baseline), Given(_selfTest) }.Count(way => way);
        if (ways > 1)
        {
            throw CommonOptions.Wrong("--base and --head, --base-dir and --head-dir, --baseline, --self-test exclude each other: choose one way");
        }

        if (Given(_baseDir) != Given(_headDir))
        {
            throw CommonOptions.Wrong($"--base-dir and --head-dir go together: {(Given(_baseDir) ? "--head-dir" : "--base-dir")} is missing");
        }

        if (Given(_clients) && (Given(_baseline) || Given(_selfTest)))
        {
            throw CommonOptions.Wrong("--client belongs to a comparison of two builds");
        }

        if (((Option[])[_budget, _pairs, _counts, _seed, _mutation]).FirstOrDefault(option => Given(option)) is { } own && (Given(_baseline) || (Given(_selfTest) && own != _seed)))
        {
            throw CommonOptions.Wrong($"{own.Name} belongs to a comparison of two builds");
        }

        if (Given(_kind, _runs) && !Given(_selfTest))
        {
            throw CommonOptions.Wrong("--kind and --runs belong to --self-test");
        }

        foreach (var option in (Option<int>[])[_budget, _runs])
        {
            if (result.GetValue(option) < 1)
            {
                throw CommonOptions.Wrong($"{option.Name} {result.GetValue(option)}: a whole number from 1 up");
            }
        }

        if (result.GetValue(_pairs) < 1)
        {
            throw CommonOptions.Wrong($"--pairs {result.GetValue(_pairs)}: a whole number from 1 up");
        }
    }

    // The same run as the stored one's: counts depend on how calls are made and counted.
    private static async Task<GateReport> BaselineAsync(string path, Calibration calibration, CancellationToken interrupted)
    {
        var (start, clock) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetTimestamp());
        ResultFile stored;
        try
        {
            stored = ResultFiles.Read(path);
        }
        catch (ResultFileException e)
        {
            throw CommonOptions.Wrong($"--baseline {e.Message}");
        }

        var folder = Directory.CreateTempSubdirectory("connection-reuse-gate-");
        try
        {
            var requests = stored.Rows.Select(row => row.Requests).DefaultIfEmpty(100).First();
            using var run = Process.Start(Self.Start(["--offline", "--requests", $"{requests}", "--launchCount", "3", "--out", folder.FullName]))!;
            try
            {
                await run.WaitForExitAsync(interrupted);
            }
            catch (OperationCanceledException)
            {
                run.Kill(entireProcessTree: true);
                throw;
            }

            var made = Path.Combine(folder.FullName, "latest", "results.json");
            if (!File.Exists(made))
            {
                throw new IOException($"the run to compare with the stored one ended with {run.ExitCode} and without a result");
            }

            var now = ResultFiles.Read(made);
            return new GateReport
            {
                Base = $"{Path.GetFileName(path)} ({Reporting.Reports.Machine.ShortCommit(stored.Environment)})",
                Head = $"this build ({Reporting.Reports.Machine.ShortCommit(now.Environment)})",
                Machine = GateRun.Machine,
                Runtime = now.Environment.Runtime,
                Placement = Placement.Name,
                Start = start,
                MeasuredSeconds = TimeProvider.System.GetElapsedTime(clock).TotalSeconds,
                Rows = BaselineVerdicts.Of(stored, now, calibration),
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<ExitCode> SelfTestAsync(ParseResult result, GateOptions options, SelfTest selfTest, Builds builds, CancellationToken interrupted)
    {
        var build = await builds.OfWorkingTreeAsync(interrupted);
        var (control, head) = (builds.Copy(build.Folder, "control"), build with { Folder = builds.Copy(build.Folder, "head") });
        for (var i = 0; i < result.GetValue(_runs); i++)
        {
            var record = selfTest.Read();
            var kind = SelfTest.Next(record, GateRun.Machine, result.GetValue(_kind));
            Progress($"self-test {i + 1} of {result.GetValue(_runs)}: {kind}");

            // Each run has orders of its own, and none that an earlier one had.
            var run = options with { Seed = options.Seed + (2 * record.Count), Plan = SelfTest.PlanOf(kind, options.Plan) };
            var calibration = kind == ValidationRecord.Calibration ? Reporting.Gate.Calibration.None : Calibration(selfTest);
            using var load = kind == "load" ? BackgroundLoad.Start() : null;
            var start = TimeProvider.System.GetUtcNow();
            try
            {
                var report = await new GateRun(run, calibration, Progress, TimeProvider.System).RunAsync(build, control, head, interrupted);
                Show(report, options.Out);
                selfTest.Append(new ValidationRun(kind, report.Machine, report.Start, build.Commit!, report.Verdict, report.Rows, ValidationRecord.Method));
            }
            catch (IOException)
            {
                // A client or the server is gone: for the gate's user that is no verdict.
                selfTest.Append(new ValidationRun(kind, GateRun.Machine, start, build.Commit!, GateVerdict.Inconclusive, [], ValidationRecord.Method));
                throw;
            }
        }

        return ExitCode.Done;
    }

    private static Calibration Calibration(SelfTest selfTest) => ValidationRecord.CalibrationOf(selfTest.Read(), GateRun.Machine);

    private static ExitCode Show(GateReport report, string folder)
    {
        var table = GateTable.Render(report);
        ResultFiles.WriteText(Path.Combine(folder, "gate.md"), table);
        ResultFiles.WriteText(Path.Combine(folder, "gate.json"), GateJson.Serialize(report));
        Console.Out.Write(table);
        return report.Verdict switch
        {
            GateVerdict.Regression => ExitCode.DoesNotHold,
            GateVerdict.Inconclusive => ExitCode.Inconclusive,
            _ => ExitCode.Done,
        };
    }

    private static void Progress(string line) => Console.Error.WriteLine(line);
}
