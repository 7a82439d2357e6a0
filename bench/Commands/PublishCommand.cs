using System.CommandLine;
using ConnectionReuse.Bench.Publishing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Pages;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>publish</c> verb: the newest results as a report in <c>results/published</c>, and the index renewed.</summary>
internal static class PublishCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var from = new Option<string[]>("--from")
        {
            Description = "Result files of one commit and machine, or dotnet/crank's that hold some, instead of the newest ones",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var partial = new Option<bool>("--partial") { Description = "Publishes a result without the comparison that the headline is of, marked as partial" };
        var results = new Option<string?>("--out") { Description = "The folder of results, instead of the repository's", HelpName = "DIR" };
        var command = new Command("publish", "Makes a report of the newest results.") { from, partial, results };
        command.SetAction((result, _) => PublishAsync(result.GetValue(from) ?? [], result.GetValue(partial), Path.GetFullPath(result.GetValue(results) ?? Path.GetDirectoryName(Folders.Local)!)));
        return command;
    }

    private static async Task<int> PublishAsync(string[] from, bool partial, string results)
    {
        var named = ResultSources.Read(from);
        var measured = from.Length > 0 ? ResultSources.Merged(named) : new ResultSources(Console.Error).Newest(Path.Combine(results, Path.GetFileName(Folders.Local)));
        if (measured.Environment.Commit is null)
        {
            throw new UserException(ExitCode.WrongUse, "the results name no commit, so nobody could measure them again: measure in a repository");
        }

        if (!partial && Partial.Complaint(measured) is { } complaint)
        {
            throw new UserException(ExitCode.WrongUse, $"the result is partial: {complaint}; {Partial.Remedy} measures it, and --partial publishes what there is, marked as partial");
        }

        var file = OwnNames.Redaction().Apply(measured);
        var name = Machine.ReportName(file);
        var published = Path.Combine(results, ResultFolders.Published);
        var report = Path.Combine(published, name);
        var files = FullReport.Render(file);
        var index = History.Render(
        [
            .. ResultSources.Published(published).Where(earlier => earlier.Name != name),
            new PublishedReport(name, Report.PageName, file),
        ]);
        Write(report, files);
        Renew(results, index);
        await Console.Out.WriteLineAsync($"{PlainText.OneLine(Headline.Of(file))}\n");
        foreach (var missing in Missing.In(file))
        {
            await Console.Out.WriteLineAsync($"not in the report: {missing.What}; {missing.Command} measures it");
        }

        foreach (var repetition in Repetitions.Lines(named))
        {
            await Console.Out.WriteLineAsync(PlainText.OneLine(repetition));
        }

        await Console.Out.WriteLineAsync($"Report: {Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(report, Report.PageName))}");
        return (int)ExitCode.Done;
    }

    // The charts first: a page must not name what is not there.
    private static void Renew(string results, IReadOnlyList<ReportFile> index)
    {
        var charts = index.Where(file => file.Path != History.PageName)
            .Select(file => file with { Path = Path.GetRelativePath(History.ChartFolder, file.Path) }).ToArray();
        Written(results, () =>
        {
            if (charts.Length > 0)
            {
                AtomicFolder.Write(Path.Combine(results, History.ChartFolder), charts);
            }

            ResultFiles.WriteText(Path.Combine(results, History.PageName), index.Single(file => file.Path == History.PageName).Text);
        });
    }

    /// <summary>Writes a report in the place of an earlier one, and of nothing else.</summary>
    /// <exception cref="UserException">The folder holds something else, or cannot be written.</exception>
    internal static void Write(string folder, IReadOnlyList<ReportFile> report)
    {
        if (File.Exists(folder) || AtomicFolder.Stranger(folder, report) is not null)
        {
            throw new UserException(
                ExitCode.WrongUse, $"{folder}: left alone, because it holds {AtomicFolder.Stranger(folder, report) ?? "something"}, which is no part of a report");
        }

        Written(folder, () => AtomicFolder.Write(folder, report));
    }

    private static void Written(string folder, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.WrongUse, $"{folder}: cannot be written, and is as it was: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
