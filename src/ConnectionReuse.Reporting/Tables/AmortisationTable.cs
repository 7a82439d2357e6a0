using System.Globalization;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>The curve between fresh and shared: what a client of n requests takes, beside a setup and a price per request.</summary>
internal static class AmortisationTable
{
    /// <summary>The class whose rows it shows.</summary>
    public const string Class = "Amortisation";

    private static IReadOnlyList<Column<Point>> Columns { get; } =
    [
        new("requests per client", point => point.Requests.ToString(CultureInfo.InvariantCulture)),
        new("ms/client", point => Milliseconds(point.Seconds)),
        new("fitted", point => Milliseconds(point.Fitted)),
        new("residual", point => Signed(100 * point.Residual) + "%"),
        new("ms/call", point => Milliseconds(point.Seconds / point.Requests)),
    ];

    private static string Signed(double value) => Figure.Text(value, 1) is var text && text.StartsWith('-') ? text : $"+{text}";

    /// <summary>The fit and its residuals; empty with fewer than two points. It ends with a line feed.</summary>
    public static string Render(RowGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var measured = group.Rows.Where(row => row.HasTimes() && row.Median is not null)
            .Where(row => row.Declared.RequestsPerClient is not null)
            .Select(row => (Requests: row.Declared.RequestsPerClient!.Value, Seconds: row.Median!.Value / row.Requests * row.Declared.RequestsPerClient.Value))
            .ToArray();
        if (CostModel.Fit(measured) is not { } model)
        {
            return string.Empty;
        }

        var points = measured.Select(client => new Point(client.Requests, client.Seconds, model.Seconds(client.Requests))).ToArray();
        return string.Join('\n',
        [
            $"A client of n requests takes setup + n x request = {Milliseconds(model.SetupSeconds)} ms + n x {Milliseconds(model.RequestSeconds)} ms " +
            $"(relative least squares; worst residual {Figure.Text(100 * points.Max(point => Math.Abs(point.Residual)), 1)}%):",
            string.Empty,
            MarkdownTable.Render(Columns, points),
        ]);
    }

    private static string Milliseconds(double seconds) => Figure.Text(1000 * seconds, Figure.Decimals(1000 * seconds, null, null));

    private sealed record Point(int Requests, double Seconds, double Fitted)
    {
        public double Residual => (Seconds - Fitted) / Fitted;
    }
}
