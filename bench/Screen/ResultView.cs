using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Pages;
using ConnectionReuse.Results;
using Spectre.Console;

namespace ConnectionReuse.Bench.Screen;

/// <summary>Shows a result: as a screen on a terminal, as Markdown in a file or a pipe.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="explain">Whether the screen explains its terms.</param>
/// <param name="desktop">Opens its page at the end; null for nobody.</param>
internal sealed class ResultView(IAnsiConsole console, bool explain, Desktop? desktop)
{
    /// <summary>Shows it.</summary>
    public void Show(ShownResult shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (!console.Profile.Out.IsTerminal)
        {
            var output = console.Profile.Out.Writer;
            output.WriteLine();
            output.WriteLine(shown.Table);
            if (shown.Folder is { } folder)
            {
                output.WriteLine($"Result: {Relative(folder, ResultFiles.Name)}");
                output.WriteLine($"Page: {Relative(folder, HtmlPage.Name)} ({ProgramName.Typed} open shows it)");
            }

            Open(shown);
            return;
        }

        console.WriteLine();
        console.Write(ResultScreen.Of(shown.Result, [.. Files(shown.Folder), ("next", Next(shown.Result))], explain));
        Open(shown);
    }

    private void Open(ShownResult shown)
    {
        if (shown.Folder is { } folder)
        {
            desktop?.Show(Path.Combine(folder, HtmlPage.Name), console.Profile.Out.Writer);
        }
    }

    private static IEnumerable<(string Name, string Target)> Files(string? folder) =>
        folder is null ? [] :
        from file in (IEnumerable<(string Name, string Path)>)[("tables, terms, environment", ResultFiles.TableName), ("page to show others", HtmlPage.Name), ("every sample", ResultFiles.Name)]
        where File.Exists(Path.Combine(folder, file.Path))
        select (file.Name, Relative(folder, file.Path));

    // What shows most beside what was measured: a network after loopback, the user's own URL after a network.
    private static string Next(ResultFile result) => result.Rows.Any(row => row.Link is not null)
        ? $"{ProgramName.Typed} timeit https://your.host/path"
        : $"{ProgramName.Typed} timeit kestrel-https --rtt 50ms";

    private static string Relative(string folder, string file) => Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(folder, file));
}
