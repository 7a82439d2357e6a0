using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A published report, as far as it can be read.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Page">Its page below the folder.</param>
/// <param name="File">What was measured; null when it cannot be read.</param>
/// <param name="Problem">Why it cannot be read, in one line; null when it can.</param>
internal sealed record PublishedReport(string Name, string Page, ResultFile? File, string? Problem = null);
