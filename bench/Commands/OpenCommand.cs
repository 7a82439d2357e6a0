using System.CommandLine;
using ConnectionReuse.Bench.Publishing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Pages;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>open</c> verb: the page of a result in a browser.</summary>
internal static class OpenCommand
{
    /// <summary>The verb.</summary>
    public const string Name = "open";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A result file, its folder, its page, or latest", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => ResultFolders.Latest };
        var command = new Command(Name, "Opens a result as a page in a browser.") { file };
        command.SetAction((result, _) => Task.FromResult(Open(result.GetValue(file)!, Desktop.Here(), Console.Out)));
        return command;
    }

    /// <summary>Opens a result's page; one that has none yet, such as an older run, gets it.</summary>
    /// <exception cref="UserException">There is no such result, or its page cannot be written.</exception>
    internal static int Open(string given, Desktop desktop, TextWriter output)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            throw CommonOptions.Wrong($"{Name} needs a result file, its folder, or latest");
        }

        desktop.Show(File.Exists(given) && Path.GetExtension(given) == Path.GetExtension(HtmlPage.Name) ? given : PageOf(ResultSources.Located(given)), output);
        return (int)ExitCode.Done;
    }

    private static string PageOf(string result)
    {
        var page = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(result))!, HtmlPage.Name);
        var isResults = Path.GetFileName(result) == ResultFiles.Name;
        if (isResults && File.Exists(page) && File.Exists(result))
        {
            return page;
        }

        page = isResults ? page : Path.ChangeExtension(result, ".html");
        if (!File.Exists(result) && result == ResultSources.Located(ResultFolders.Latest))
        {
            throw CommonOptions.Wrong($"there is no result yet: {ProgramName.Typed} timeit measures one in half a minute");
        }

        var text = HtmlPage.Render(ResultSources.Named([result]));
        try
        {
            ResultFiles.WriteText(page, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommonOptions.Wrong($"{page}: cannot be written: {Cause.Of(e)}; {ProgramName.Typed} report {result} --out DIR writes it elsewhere");
        }

        return page;
    }
}
