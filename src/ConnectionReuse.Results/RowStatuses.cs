namespace ConnectionReuse.Results;

/// <summary>What a row's status means for its figures.</summary>
public static class RowStatuses
{
    /// <summary>Whether the row's times count: nothing that failed enters a time.</summary>
    public static bool HasTimes(this ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Status is RowStatus.Measured or RowStatus.Partial
            && row.Launches.Any(launch => launch.IterationSeconds.Count > 0);
    }

    /// <summary>The status in words.</summary>
    public static string Words(this RowStatus status) => status switch
    {
        RowStatus.Measured => "measured",
        RowStatus.Partial => "partial",
        RowStatus.Unreachable => "unreachable",
        RowStatus.WrongAnswer => "wrong answer",
        RowStatus.Failed => "failed",
        RowStatus.Unsupported => "unsupported",
        RowStatus.NotRun => "not run",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
