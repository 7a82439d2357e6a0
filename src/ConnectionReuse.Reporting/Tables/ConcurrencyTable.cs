using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What single calls take when many run at once, and over how many connections.</summary>
internal static class ConcurrencyTable
{
    /// <summary>The class whose rows it shows.</summary>
    public const string Class = "Concurrency";

    private static IReadOnlyList<Column<ResultRow>> Columns { get; } =
    [
        new("client", row => row.Client, IsNumber: false),
        new("p50 ms", row => Times(row) is { } times ? Milliseconds(times.P50Seconds) : row.Status.Words()),
        new("p99 ms", row => Milliseconds(Times(row)?.P99Seconds)),
        new("max ms", row => Milliseconds(Times(row)?.MaxSeconds)),
        new("calls/s", row => row.HasTimes() && row.Median is { } seconds ? Figure.Text(row.Requests / seconds, 0) : ""),
        new("connections", row => row.PerIteration(counts => counts.Carrying) is { } connections ? Figure.Count(connections) : ""),
        new("opened", row => row.PoolConnectionsOpened is { } opened ? Figure.Count(opened) : ""),
    ];

    /// <summary>The table; it ends with a line feed.</summary>
    public static string Render(RowGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return $"Single calls, from asking the client to the body's end; waiting for a connection is part of them; half of the calls take up to p50, 99 of 100 up to p99; opened: by the client's pool since its first call:\n\n{MarkdownTable.Render(Columns, group.Rows)}";
    }

    // A row that is not as declared has none.
    private static CallTimes? Times(ResultRow row) => row.HasTimes() ? row.CallTimes : null;

    private static string Milliseconds(double? seconds) =>
        seconds is { } value ? Figure.Text(1000 * value, Figure.Decimals(1000 * value, null, null)) : "";
}
