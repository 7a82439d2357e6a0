using System.CommandLine;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The gate measured by itself: two copies of one build, one of them made worse on purpose.</summary>
internal sealed class CheckGateCommand
{
    private readonly Option<string?> _kind = new("--kind") { Description = "What to do to head [default: what has been run least]", HelpName = "KIND" };
    private readonly Option<int> _runs = new("--runs") { Description = "Runs", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<int> _seed = new("--seed") { Description = "Decides every order, together with the number of earlier runs", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<string?> _out = new("--out") { Description = "Where gate.md and gate.json go [default: results/local/gate]", HelpName = "DIR" };
    private readonly Option<bool> _counts = new("--counts") { Description = "Counts and allocations only: not recorded, and the verdict is the exit code" };
    private readonly Option<string?> _build = new("--build") { Hidden = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var check = new CheckGateCommand();
        var command = new Command("gate", "Measures the gate itself, and appends each run to results/gate-validation.")
        { check._kind, check._runs, check._seed, check._out, check._counts, check._build, CommonOptions.NoServer(GateCommand.NoServer) };
        command.SetAction(async (result, interrupted) => (int)await check.RunAsync(result, interrupted));
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult result, CancellationToken interrupted)
    {
        Writable.Folder(_out.Name, Out(result));
        var runs = CommonOptions.Count("--runs", result.GetValue(_runs), 1, int.MaxValue);
        var validation = new GateValidation(GateValidation.Folder);
        var asked = result.GetValue(_kind);
        GateValidation.CheckKind(asked);
        var countsOnly = result.GetValue(_counts);
        if (!countsOnly)
        {
            GateValidation.Next(validation.Read(), GateRun.Machine, asked); // wrong use is told before anything is built, and a record that cannot grow
            Writable.Folder("the record in", GateValidation.Folder);
        }

        await using var builds = new Builds(Folders.Repository);
        var build = result.GetValue(_build) is { } folder ? Builds.Given("--build", folder) : await builds.OfWorkingTreeAsync(interrupted);
        var (control, head) = (builds.Copy(build.Folder, "control"), build with { Folder = builds.Copy(build.Folder, "head") });
        for (var run = 1; run <= runs; run++)
        {
            var record = validation.Read();
            var kind = countsOnly ? asked ?? "aa" : GateValidation.Next(record, GateRun.Machine, asked);
            GateCommand.Progress($"run {run} of {runs}: {kind}");
            var change = GateValidation.ChangeOf(kind, record.Count(earlier => earlier.Kind == kind));
            var calibration = kind == ValidationRecord.Calibration ? Calibration.None : validation.Calibration();
            await using var load = kind == GateValidation.Load ? BackgroundLoad.Start(ThisProgram.StartStation, processes: 1) : null;
            var gate = new GateRun(OptionsOf(result, record.Count, change), calibration, GateRun.Processes(GateCommand.Progress, TimeProvider.System, Builds.StationOf, serverOptions: []), GateCommand.Progress, TimeProvider.System);
            if (countsOnly)
            {
                var counted = await gate.RunAsync(build, control, head, interrupted);
                load?.ThrowIfEnded();
                return GateCommand.Show(counted, Out(result));
            }

            var unfinished = new ValidationRun(
                kind, GateRun.Machine, TimeProvider.System.GetUtcNow(), build.Commit!, GateVerdict.Inconclusive, [], ValidationRecord.Method, change.Row?.ToString());
            ResultFile found;
            try
            {
                found = await gate.RunAsync(build, control, head, interrupted);
            }
            catch (IOException)
            {
                validation.Append(unfinished); // a station or the server is gone: for the gate's user that is no verdict
                throw;
            }

            load?.ThrowIfEnded(); // otherwise no run of its kind
            GateCommand.Show(found, Out(result));
            validation.Append(unfinished with { Start = found.Start, Verdict = found.Gate!.Verdict, Rows = found.Gate.Rows });
        }

        return ExitCode.Done;
    }

    // Each run has orders of its own, and none that an earlier one had: a confirming pass takes the next seed.
    private GateOptions OptionsOf(ParseResult result, int earlier, HeadChange change)
    {
        var counts = result.GetValue(_counts);
        return new GateOptions
        {
            Out = Out(result),
            Plan = GateOptions.PlanOf(GateOptions.DefaultBudget, null, counts, [], result.GetValue(_seed) + (2 * earlier)),
            Change = change,
            EveryPattern = !counts,
            CommandLine = CommonOptions.Publishable(result),
        };
    }

    private string Out(ParseResult result) => Path.GetFullPath(result.GetValue(_out) ?? GateCommand.DefaultOut);
}
