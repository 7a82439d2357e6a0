using System.CommandLine;
using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Commands;

/// <summary>What the intervals of the comparison are worth: how wide they are, and how often they are right.</summary>
internal sealed class CheckPrecisionCommand
{
    private readonly Option<int> _runs = new("--runs") { Description = "Runs of the comparison", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<bool> _load = new("--load") { Description = "Runs it beside a background load on every core" };
    private readonly Option<bool> _equal = new("--equal") { Description = "Compares the shared client with itself" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var check = new CheckPrecisionCommand();
        var command = new Command("precision", "Runs the comparison again and again, and appends each run to results/precision.")
        {
            check._runs, check._load, check._equal, CommonOptions.NoServer("the record is of the default comparison, whose servers run beside it"),
        };
        command.SetAction(async (result, interrupted) => (int)await check.RunAsync(result, interrupted));
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult result, CancellationToken interrupted)
    {
        var runs = CommonOptions.Count("--runs", result.GetValue(_runs), 1, int.MaxValue);
        var kind = (result.GetValue(_load), result.GetValue(_equal)) switch
        {
            (true, true) => throw CommonOptions.Wrong("--load and --equal exclude each other: equal clients run on a quiet machine"),
            (true, false) => PrecisionRecord.Loaded,
            (false, true) => PrecisionRecord.Equal,
            (false, false) => PrecisionRecord.Quiet,
        };
        var check = new PrecisionCheck(PrecisionCheck.Folder);
        check.Read(); // a damaged record is told before anything runs, and one that cannot grow
        Writable.Folder("the record in", PrecisionCheck.Folder);
        var allWell = await check.RunAsync(kind, runs, GateCommand.Progress, interrupted);
        Console.Out.Write(PrecisionRecord.Render(check.Read()));
        return allWell ? ExitCode.Done : ExitCode.CouldNotMeasure;
    }
}
