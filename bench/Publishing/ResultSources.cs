using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Publishing;

/// <summary>Finds the result files that a report is made of.</summary>
/// <param name="problems">Gets one line for each file that is left out.</param>
internal sealed class ResultSources(TextWriter problems)
{
    /// <summary>The files that the user named, as one result.</summary>
    /// <exception cref="UserException">One of them cannot be read, or they do not belong together.</exception>
    public static ResultFile Named(IEnumerable<string> paths) => Merged(Read(paths));

    /// <summary>The files that the user named, result files or dotnet/crank's, which hold some.</summary>
    /// <exception cref="UserException">One of them cannot be read.</exception>
    public static IReadOnlyList<ResultFile> Read(IEnumerable<string> paths)
    {
        try
        {
            return [.. paths.SelectMany(path => CrankFile.Read(Located(path)))];
        }
        catch (ResultFileException e)
        {
            throw new UserException(ExitCode.WrongUse, e.Message);
        }
    }

    /// <summary>Several results as one.</summary>
    /// <exception cref="UserException">They do not belong together.</exception>
    public static ResultFile Merged(IReadOnlyCollection<ResultFile> files)
    {
        try
        {
            return MergedResult.Of(files);
        }
        catch (MergeException e)
        {
            throw new UserException(ExitCode.WrongUse, e.Message);
        }
    }

    /// <summary>The file that is meant: a folder's result, and the newest run's where <c>latest</c> names neither file nor folder.</summary>
    public static string Located(string given) =>
        Directory.Exists(given) ? Path.Combine(given, ResultFiles.Name)
        : given == ResultFolders.Latest && !File.Exists(given) ? Path.Combine(Folders.Local, ResultFolders.Latest, ResultFiles.Name)
        : given;

    /// <summary>The newest results of one commit and machine in a folder of runs, as one result.</summary>
    /// <exception cref="UserException">There is none that can be published.</exception>
    public ResultFile Newest(string local)
    {
        var runs = Directory.Exists(local) ? Directory.GetDirectories(local).Order(StringComparer.Ordinal).ToArray() : [];
        ResultFile[] readable = [.. runs
            .Where(run => Path.GetFileName(run) != ResultFolders.Latest && !Path.GetFileName(run).StartsWith('.'))
            .Select(run => Path.Combine(run, Report.ResultName)).Where(File.Exists)
            .Select(Readable).OfType<ResultFile>()
            .Where(file => file.Rows.Any(row => row.Status != RowStatus.NotRun))
            .Where(file => file.Runs.All(run => run.Fault is null)) // broken on purpose
            .OrderByDescending(file => file.Start)];
        ResultFile[] committed = [.. readable.Where(file => file.Environment is { Commit: not null, Dirty: false })];
        if (committed.Length == 0)
        {
            throw new UserException(ExitCode.WrongUse, readable.Length == 0
                ? $"there is no result to publish: {ProgramName.Typed} measures one"
                : "every result was measured with uncommitted changes, which no commit reproduces: commit, then measure again (or name results with --from)");
        }

        return MergedResult.Of([.. committed.Where(file => MergedResult.BelongTogether(committed[0].Environment, file.Environment))]);
    }

    /// <summary>All published reports of a folder; those that cannot be read say why.</summary>
    public static IReadOnlyList<PublishedReport> Published(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.GetDirectories(folder).Where(report => !Path.GetFileName(report).StartsWith('.')).Order(StringComparer.Ordinal).Select(report =>
        {
            var page = File.Exists(Path.Combine(report, Report.PageName)) ? Report.PageName : Report.TimeitName;
            var name = Path.GetFileName(report);
            try
            {
                return new PublishedReport(name, page, CheckedResult.Read(Path.Combine(report, Report.ResultName)));
            }
            catch (ResultFileException e)
            {
                return new PublishedReport(name, page, null, e.InnerException is ResultFileException inner ? inner.Message : $"{Report.ResultName}: no such file");
            }
        }),
    ];

    private ResultFile? Readable(string path)
    {
        try
        {
            return CheckedResult.Read(path);
        }
        catch (ResultFileException e)
        {
            problems.WriteLine($"left out: {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}{e.Message[path.Length..]}");
            return null;
        }
    }
}
