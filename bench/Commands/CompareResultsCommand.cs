using System.CommandLine;
using System.Globalization;
using ConnectionReuse.Bench.Publishing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.SideBySide;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>compare</c> verb: two result files held against each other, without measuring.</summary>
internal sealed class CompareResultsCommand
{
    /// <summary>The verb.</summary>
    public const string Name = "compare";

    private readonly Argument<string> _a = new("A") { Description = "The result file to hold against, its folder, or latest" };
    private readonly Argument<string> _b = new("B") { Description = "The result file in question, its folder, or latest" };
    private readonly Option<bool> _across = new("--across") { Description = "Compare times of different machines all the same" };
    private readonly Option<double?> _failAbove = new("--fail-above")
    {
        Description = "Exit with 1 where a row of B is slower by more than that beyond doubt, such as 5%",
        HelpName = "PERCENT",
        CustomParser = value => Share(value.Tokens[0].Value) is { } share ? share : Refuse(value),
    };

    private readonly Option<string?> _json = new("--json") { Description = "Writes the comparison there too", HelpName = "FILE" };
    private readonly Option<string?> _markdown = CommonOptions.Markdown();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var compare = new CompareResultsCommand();
        var command = new Command(Name, "Compares two results without measuring.")
        {
            compare._a, compare._b, compare._across, compare._failAbove, compare._json, compare._markdown,
        };
        command.SetAction((result, _) => compare.RunAsync(result));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result)
    {
        var (a, b) = (Read(result.GetValue(_a)!), Read(result.GetValue(_b)!));
        var comparison = ResultComparer.Of(a, b, result.GetValue(_across), result.GetValue(_failAbove));
        if (comparison.Rows.Count == 0)
        {
            throw CommonOptions.Wrong($"{a.Name} and {b.Name} have no row in common: rows match by target, client, parameters and requests per iteration");
        }

        var table = SideBySideTable.Render(comparison);
        Write(result.GetValue(_json), ResultJson.Serialize(comparison));
        Write(result.GetValue(_markdown), table);
        await Console.Out.WriteAsync(table);
        return (int)Judge(comparison);
    }

    private static ExitCode Judge(ResultComparison comparison)
    {
        if (!comparison.TimesCompared)
        {
            throw CommonOptions.Wrong($"different machines, so no time was compared ({string.Join("; ", comparison.Differences.Take(1))}): measure both on one, or add --across");
        }

        return comparison.FailAbove is not null && comparison.Rows.All(row => row.Low is null)
            ? throw CommonOptions.Wrong("--fail-above: no row has an interval to judge by; 3 rounds of it in both results give one")
            : ResultComparer.Failing(comparison).Count > 0 ? ExitCode.DoesNotHold : ExitCode.Done;
    }

    private static NamedResult Read(string given)
    {
        var path = ResultSources.Located(given);
        return new NamedResult(NameOf(path), OwnNames.Redaction().Apply(ResultSources.Named([given])));
    }

    // A result is told by its folder.
    private static string NameOf(string path) => Path.GetFileName(path) == ResultFiles.Name && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) is { Length: > 0 } folder
        ? folder
        : Path.GetFileName(path);

    private static void Write(string? path, string text)
    {
        try
        {
            if (path is not null)
            {
                ResultFiles.WriteText(path, text);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommonOptions.Wrong($"{path}: cannot be written: {e.Message}");
        }
    }

    private static double? Share(string text) =>
        double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 1000 ? percent / 100 : null;

    private static double? Refuse(System.CommandLine.Parsing.ArgumentResult value)
    {
        value.AddError($"{Complaint.Typed(value)} {value.Tokens[0].Value}: a percentage from 0% to 1000% is needed, such as 5%");
        return null;
    }
}
