using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>What makes two rows of different results the same row. A target that the run served itself has another port each time, so its URL says nothing.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Url">The URL of a target that the run did not serve itself; else null.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Parameters">What else tells comparisons apart: class, case, link and their like.</param>
/// <param name="Requests">Requests per iteration; null where they do not matter.</param>
internal sealed record RowIdentity(string Target, string? Url, string Client, RowParameters Parameters, int? Requests)
{
    /// <summary>A row's identity, however many requests its iterations have.</summary>
    public static RowIdentity Of(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new RowIdentity(row.Target, TargetIds.Served.Contains(row.Target) ? null : row.Url, row.Client, row.Parameters, Requests: null);
    }

    /// <summary>A row's identity, of rows with as many requests per iteration only.</summary>
    public static RowIdentity WithRequests(ResultRow row) => Of(row) with { Requests = row.Requests };

    /// <summary>Such as <c>kestrel-http fresh, class Payloads, case 0 kB down</c>.</summary>
    public override string ToString() =>
        $"{(Url is null ? Target : $"{Target} {Url}")} {Client}{ParameterText.Suffix(Parameters)}{(Requests is { } requests ? $", {requests} requests" : "")}";
}
