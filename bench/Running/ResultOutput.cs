using ConnectionReuse.Reporting.Pages;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>Where a run's result goes: its folder, the copy <c>latest</c>, the files that the user named, and the console.</summary>
/// <param name="folder">The run's folder; made when it is asked for.</param>
/// <param name="json">A further copy of the result file; null for none.</param>
/// <param name="markdown">A further copy of the table; null for none.</param>
/// <param name="show">Shows it.</param>
/// <param name="told">Told what is shown.</param>
/// <param name="errors">Told what could not be written.</param>
internal sealed class ResultOutput(Lazy<string> folder, string? json, string? markdown, Action<ShownResult> show, Action<ResultFile> told, TextWriter errors)
{
    /// <summary>Keeps a result as it stands, so that a run that is killed loses nothing.</summary>
    public void Keep(ResultFile result)
    {
        try
        {
            ResultFiles.Write(Path.Combine(folder.Value, ResultFiles.Name), result);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a full disk may have room at the end, which tells what it cannot write
        }
    }

    /// <summary>Writes and shows a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="table">How it is shown.</param>
    /// <returns>Whether it is everywhere where it should be.</returns>
    public bool Show(ResultFile result, string table)
    {
        var delivery = new Delivery(result, table, errors);
        string? latest = null;
        delivery.To("the folder of results", _ =>
        {
            ResultFiles.Write(Path.Combine(folder.Value, ResultFiles.Name), result);
            ResultFiles.WriteText(Path.Combine(folder.Value, ResultFiles.TableName), table);
            ResultFiles.WriteText(Path.Combine(folder.Value, Report.BenchmarkDotNetName), BenchmarkDotNetJson.Of(result));
            ResultFiles.WriteText(Path.Combine(folder.Value, HtmlPage.Name), HtmlPage.Render(result));
            latest = Folders.PublishLatest(folder.Value);
        });
        delivery.Result(json);
        delivery.Table(markdown);
        show(new ShownResult(result, table, latest));
        told(result);
        return delivery.End();
    }
}

/// <summary>A result as it is to be shown.</summary>
/// <param name="Result">The result.</param>
/// <param name="Table">Its table, as Markdown.</param>
/// <param name="Folder">Where its files are; null where they could not be written.</param>
internal sealed record ShownResult(ResultFile Result, string Table, string? Folder);
