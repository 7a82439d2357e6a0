using System.CommandLine;
using System.Globalization;
using ConnectionReuse.Bench.Publishing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Links;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>project</c> verb: what one call's figures come to in a fleet, without measuring.</summary>
internal sealed class ProjectCommand
{
    /// <summary>The verb.</summary>
    public const string Name = "project";

    private const double MostCalls = 1e9;

    private static readonly double[] DefaultRates = [10, 1_000, 100_000];

    private readonly Argument<string> _file = new("FILE") { Description = "A result file, its folder, or latest" };
    private readonly Option<string?> _rtt = new("--rtt") { Description = "The round trip between clients and server, such as 20ms", HelpName = "TIME" };
    private readonly Option<double?> _rate = new("--calls-per-second")
    {
        Description = "The fleet's calls [default: 10, 1,000 and 100,000]",
        HelpName = "N",
        CustomParser = value =>
        {
            var text = value.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= MostCalls)
            {
                return rate;
            }

            value.AddError($"{Complaint.Typed(value)} {text}: a number above 0 and up to {MostCalls:0} is needed");
            return null;
        },
    };

    private readonly Option<string?> _markdown = CommonOptions.Markdown();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var project = new ProjectCommand();
        var command = new Command(Name, "Says what fresh clients cost a fleet.") { project._file, project._rate, project._rtt, project._markdown };
        command.SetAction((result, _) => project.RunAsync(result));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result)
    {
        var given = result.GetValue(_file)!;
        var markdown = Writable.File(_markdown.Name, result.GetValue(_markdown));
        var rtt = RoundTrip(result.GetValue(_rtt));
        var file = OwnNames.Redaction().Apply(ResultSources.Named([given]));
        var calls = FleetCall.Of(file);
        if (calls.Count == 0)
        {
            throw CommonOptions.Wrong(file.Environment.Placement == RunEnvironment.TwoMachines
                ? $"{given} is of two machines, and the model takes what a call costs without a network: a result on loopback, and --rtt for the network"
                : $"{given} has no row of a client that opens connections beside one that keeps its own, on a local target without a link: {ProgramName.Typed} --offline measures them");
        }

        double[] rates = result.GetValue(_rate) is { } rate ? [rate] : DefaultRates;
        var table = FleetTable.Render(file, calls, rates, rtt?.TotalSeconds, file.Environment.Placement == Placement.SameCore);
        if (markdown is not null)
        {
            Write(markdown, table);
        }

        await Console.Out.WriteAsync(table);
        return (int)ExitCode.Done;
    }

    private static TimeSpan? RoundTrip(string? given)
    {
        try
        {
            return given is null ? null : LinkOptions.Parse(given, null, null).Link?.RoundTripTime ?? TimeSpan.Zero;
        }
        catch (FormatException e)
        {
            throw CommonOptions.Wrong(e.Message);
        }
    }

    private static void Write(string path, string table)
    {
        try
        {
            Results.ResultFiles.WriteText(path, table);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommonOptions.Wrong($"{path}: cannot be written: {Cause.Of(e)}");
        }
    }
}
