using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Watch;
using Spectre.Console;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>watch</c> verb: counts for an application that already runs.</summary>
internal sealed class WatchCommand
{
    /// <summary>The verb.</summary>
    public const string Name = "watch";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostTime = TimeSpan.FromDays(7);

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]; // ms before s and m

    private readonly Argument<string?> _process = new("PROCESS") { Description = "The id or the name of a .NET process; none lists those that can be watched", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _json = new("--json") { Description = "Writes the counts there too", HelpName = "FILE" };
    private readonly Option<TimeSpan?> _duration = new("--duration")
    {
        Description = "How long it watches, such as 30s, 5m or 1h; until Ctrl-C or the application's end by default",
        HelpName = "TIME",
        CustomParser = value => Time(value.Tokens[0].Value) is { } time ? time : Refuse(value),
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var watch = new WatchCommand();
        var command = new Command(Name, "Counts an application's connections from outside.") { watch._process, watch._duration, watch._json };
        command.SetAction(async (result, interrupted) => (int)await watch.RunAsync(result, interrupted));
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult result, CancellationToken interrupted)
    {
        var processes = new WatchableProcesses(Patience);
        if (result.GetValue(_process) is not { } word)
        {
            return (result.GetResult(_json) ?? result.GetResult(_duration)) is { } needsOne
                ? throw CommonOptions.Wrong($"{Complaint.Typed(needsOne)} needs the process that is to be watched")
                : await ListAsync(processes, interrupted);
        }

        var json = Writable.File(_json.Name, result.GetValue(_json));
        var process = await processes.FindAsync(word, interrupted);
        return await new WatchRun(process, result.GetValue(_duration), json, AnsiConsole.Console, TimeProvider.System).RunAsync(interrupted);
    }

    private static async Task<ExitCode> ListAsync(WatchableProcesses processes, CancellationToken interrupted)
    {
        var found = await processes.ListAsync(interrupted);
        if (found.Count == 0)
        {
            await Console.Out.WriteLineAsync("no .NET process of yours runs that can be watched");
            return ExitCode.Done;
        }

        foreach (var process in found)
        {
            var runtime = process.Runtime.Length > 0 ? $".NET {process.Runtime}" : "an old .NET";
            await Console.Out.WriteLineAsync($"{process.Id,8}  {process.Name}  {runtime}{(process.IsNewEnough ? string.Empty : ", too old: .NET 8 or newer is needed")}");
        }

        return ExitCode.Done;
    }

    private static TimeSpan? Time(string text)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(..^unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * seconds > 0 && number * seconds <= MostTime.TotalSeconds)
            {
                return TimeSpan.FromSeconds(number * seconds);
            }
        }

        return null;
    }

    private static TimeSpan? Refuse(ArgumentResult value)
    {
        value.AddError($"{Complaint.Typed(value)} {value.Tokens[0].Value}: a time up to 7 days is needed, such as 30s, 5m or 1h");
        return null;
    }
}
