using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>
/// Result files that somebody else may have written: their figures are worked out again from their samples, and a file
/// that says something else is refused.
/// </summary>
internal static class CheckedResult
{
    // Written and read back a figure is the same to the last bit; another order of adding up is not.
    private const double Rounding = 1e-6;

    /// <summary>Reads a result file.</summary>
    /// <exception cref="ResultFileException">There is none, it cannot be read, or it contradicts itself; the message names the path.</exception>
    public static ResultFile Read(string path)
    {
        var file = ResultFiles.Read(path);
        return Complaint(file) is { } complaint
            ? throw new ResultFileException($"{path}: {complaint}", new ResultFileException(complaint))
            : file;
    }

    /// <summary>What a file says that cannot be, in one line; null where there is nothing.</summary>
    public static string? Complaint(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var found = Twice(file) ?? file.Rows.Select(OfRow).Concat(file.Ratios.Select(ratio => OfRatio(ratio, file))).FirstOrDefault(complaint => complaint is not null);
        return found is null ? null : PlainText.OneLine(found);
    }

    private static string? Twice(ResultFile file) =>
        file.Rows.GroupBy(RowIdentity.Of).FirstOrDefault(rows => rows.Count() > 1) is { } row ? $"the row {row.Key} is there twice"
        : file.Ratios.GroupBy(ratio => (ratio.Target, ratio.Parameters, ratio.Slow, ratio.Fast)).FirstOrDefault(ratios => ratios.Count() > 1) is { } ratio ? $"the ratio {NameOf(ratio.First())} is there twice"
        : null;

    private static string? OfRow(ResultRow row)
    {
        var figures = row.WithFigures();
        return row.HasTimes() || row.Median is not null
            ? Difference(RowIdentity.Of(row).ToString(),
                ("median", row.Median, figures.Median, figures.Median),
                ("low", row.Low, figures.Low, figures.Median),
                ("high", row.High, figures.High, figures.Median))
            : null;
    }

    private static string? OfRatio(ResultRatio ratio, ResultFile file)
    {
        var name = NameOf(ratio);
        var pairs =
            from slow in Rows(ratio.Slow)
            from fast in Rows(ratio.Fast)
            where slow.Url == fast.Url
            select Ratios.Of(new RowPair(slow, fast, ratio.Kind));
        if (pairs.ToArray() is not [var found])
        {
            return $"the ratio {name} is not of two rows of the file";
        }

        // What is saved may be next to nothing beside the calls that it is the difference of.
        return found is null ? $"the ratio {name} has too few rounds in the file's samples"
            : ratio.Rounds != found.Rounds ? $"{name}: rounds is {ratio.Rounds}, but its samples give {found.Rounds}"
            : Difference(name,
                ("value", ratio.Value, found.Value, found.Value),
                ("low", ratio.Low, found.Low, found.Value),
                ("high", ratio.High, found.High, found.Value),
                ("confidence", ratio.Confidence, found.Confidence, found.Confidence),
                ("savedMillisecondsPerCall", ratio.SavedMillisecondsPerCall, found.SavedMillisecondsPerCall, MillisecondsPerCall()),
                ("model.ratio", ratio.Model?.Ratio, ratio.Model is null ? null : found.Value, found.Value));

        IEnumerable<ResultRow> Rows(string client) => file.Rows.Where(row => row.Target == ratio.Target && row.Client == client && row.Parameters == ratio.Parameters);

        double? MillisecondsPerCall() => Rows(ratio.Slow).Select(row => 1000 * row.Median / row.Requests).FirstOrDefault();
    }

    private static string NameOf(ResultRatio ratio) => $"{ratio.Target} {ratio.Slow}/{ratio.Fast}{(ratio.Parameters.Url is { } url ? $" {url}" : "")}{ParameterText.Suffix(ratio.Parameters)}";

    private static string? Difference(string name, params (string Figure, double? Said, double? Found, double? Size)[] figures) => figures
        .Where(figure => !Agree(figure.Said, figure.Found, figure.Size))
        .Select(figure => $"{name}: {figure.Figure} is {Text(figure.Said)}, but its samples give {Text(figure.Found)}")
        .FirstOrDefault();

    private static bool Agree(double? said, double? found, double? size) =>
        said is null || found is null ? said is null == found is null : Math.Abs(said.Value - found.Value) <= Rounding * Math.Max(Math.Abs(size ?? 0), Math.Abs(found.Value));

    private static string Text(double? figure) => figure?.ToString("R", CultureInfo.InvariantCulture) ?? "null";
}
