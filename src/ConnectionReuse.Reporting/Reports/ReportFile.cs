namespace ConnectionReuse.Reporting.Reports;

/// <summary>A file of a report, before anything is written.</summary>
/// <param name="Path">Below the report's folder, with forward slashes.</param>
/// <param name="Text">Its whole text.</param>
internal sealed record ReportFile(string Path, string Text);
