using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>Where a run's result goes: its folder, the copy <c>latest</c>, the files that the user named, and the console.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="json">A further copy of the result file; null for none.</param>
/// <param name="markdown">A further copy of the table; null for none.</param>
/// <param name="output">The console.</param>
internal sealed class ResultOutput(string folder, string? json, string? markdown, TextWriter output)
{
    /// <summary>Keeps a result as it stands, so that a run that is interrupted loses nothing.</summary>
    public void Keep(ResultFile result) => ResultFiles.Write(Path.Combine(folder, ResultFiles.Name), result);

    /// <summary>Writes and shows a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="table">How it is shown.</param>
    public void Show(ResultFile result, string table)
    {
        Keep(result);
        ResultFiles.WriteText(Path.Combine(folder, ResultFiles.TableName), table);
        ResultFiles.WriteText(Path.Combine(folder, Report.BenchmarkDotNetName), BenchmarkDotNetJson.Of(result));
        if (json is not null)
        {
            ResultFiles.Write(json, result);
        }

        if (markdown is not null)
        {
            ResultFiles.WriteText(markdown, table);
        }

        var latest = Folders.PublishLatest(folder);
        output.WriteLine();
        output.WriteLine(table);
        output.WriteLine($"Result: {Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(latest, ResultFiles.Name))}");
    }
}
