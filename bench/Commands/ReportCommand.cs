using System.CommandLine;
using ConnectionReuse.Bench.Publishing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Pages;
using ConnectionReuse.Reporting.Reports;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>report</c> verb: any result file rendered again, without measuring.</summary>
internal static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Result files of one commit and machine, their folders, or latest", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string>("--out") { Description = "The report's folder: a new or empty one, or one with an earlier report", HelpName = "DIR", Required = true };
        var command = new Command("report", "Renders result files again, without measuring.") { files, folder };
        command.SetAction((result, _) => RenderAsync(result.GetValue(files)!, result.GetValue(folder)!));
        return command;
    }

    private static async Task<int> RenderAsync(string[] paths, string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new UserException(ExitCode.WrongUse, "--out needs the name of a folder");
        }

        PublishCommand.Write(folder, FullReport.Render(OwnNames.Redaction().Apply(ResultSources.Named(paths))));
        await Console.Out.WriteLineAsync($"Report: {Path.Combine(folder, Report.PageName)}");
        return (int)ExitCode.Done;
    }
}
