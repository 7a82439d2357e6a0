using System.Globalization;
using ConnectionReuse.Reporting.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What single calls take when many run at once, and over how many connections.</summary>
public static class ConcurrencyTable
{
    /// <summary>The class whose rows it shows.</summary>
    public const string Question = "Concurrency";

    private static IReadOnlyList<Column<ResultRow>> Columns { get; } =
    [
        new("client", row => row.Client, IsNumber: false),
        new("calls", row => row.CallTimes?.Calls.ToString(CultureInfo.InvariantCulture) ?? row.Status.Words()),
        new("p50 ms", row => Milliseconds(row.CallTimes?.P50Seconds)),
        new("p95 ms", row => Milliseconds(row.CallTimes?.P95Seconds)),
        new("p99 ms", row => Milliseconds(row.CallTimes?.P99Seconds)),
        new("max ms", row => Milliseconds(row.CallTimes?.MaxSeconds)),
        new("calls/s", row => row.HasTimes() && row.Median is { } seconds ? Figure.Text(row.Requests / seconds, 0) : ""),
        new("connections", row => row.Connections is { } connections ? Figure.Count(connections) : ""),
    ];

    /// <summary>The table; it ends with a line feed.</summary>
    public static string Render(RowGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return $"Single calls, from asking the client to the body's end; waiting for a connection is part of them:\n\n{MarkdownTable.Render(Columns, group.Rows)}";
    }

    private static string Milliseconds(double? seconds) =>
        seconds is { } value ? Figure.Text(1000 * value, Figure.Decimals(1000 * value, null, null)) : "";
}
