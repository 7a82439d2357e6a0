using System.Globalization;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>What several runs of one comparison said, run by run: a report has one of them, because a ratio is of rows that ran side by side.</summary>
internal static class Repetitions
{
    /// <summary>A line for each ratio that several files have, in the order of time.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<ResultFile> files) =>
    [
        .. from ratio in files.OrderBy(file => file.Start).SelectMany(file => file.Ratios)
           where ratio.Kind == RatioKind.Reuse
           group ratio.Value by $"{ratio.Target}{(ratio.Parameters.Url is { } url ? $" {url}" : "")}{ParameterText.Suffix(ratio.Parameters)} {ratio.Slow}/{ratio.Fast}" into runs
           where runs.Count() > 1
           select $"{runs.Key}, run by run: {string.Join(", ", runs.Select(value => value.ToString("0.00", CultureInfo.InvariantCulture) + "x"))}; the report has one of them whole",
    ];
}
