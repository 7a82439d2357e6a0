using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>Everything that the page shows of a result file.</summary>
internal static class PageFigures
{
    /// <summary>The comparisons in the order of a report, each with its heading.</summary>
    public static PageData Of(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var parts = ReportParts.Of(file);
        (RowGroup Group, string Kind)[] groups =
        [
            .. parts.LocalAndReal.Select(group => (group, group.Target == TargetIds.Real ? "Real URLs" : "Local servers")),
            .. parts.Reproduced.Select(group => (group, "The documented session, reproduced")),
            .. parts.Links.Select(group => (group, "Over an emulated network")),
            .. parts.LosingReuse.Select(group => (group, "Ways to lose reuse")),
            .. parts.Lifetimes.Select(group => (group, "Libraries and lifetimes")),
            .. parts.Amortisation.Select(group => (group, "Requests per client")),
            .. parts.Others.Select(group => (group, PlainText.OneLine(group.Parameters.Class ?? "Other questions"))),
        ];
        PageRow[] rows = [.. groups.SelectMany((one, place) => one.Group.Rows.Select(row => PageRows.Of(row, one.Group, place, file.Ratios)))];
        var answer = Headline.Found(file);
        return new PageData(
            [.. groups.Select((one, place) => Group(one.Group, one.Kind, place, rows))],
            rows,
            [.. RttSeries.Of(parts.Links.Concat(parts.Reproduced), file.Ratios, parts.OnLoopback).Select(Link)],
            Math.Max(0, Array.FindIndex(groups, one => answer is { } found && one.Group.Has(found.Ratio) && one.Group.Url == found.Group.Url)),
            PageQuantiles.Percents);
    }

    /// <summary>The name of a comparison, its class aside.</summary>
    public static string Name(RowGroup group) => PlainText.OneLine(
        ChartText.Name(group with { Parameters = group.Parameters with { Case = null } }) + (group.Parameters.Case is { } name ? $", {name}" : ""));

    // A new client per call against a shared one where there are both: every other pair is a special case of it.
    private static PageGroup Group(RowGroup group, string kind, int place, PageRow[] rows)
    {
        var all = rows.Index().Where(row => row.Item.Group == place).ToArray();
        var slow = all.Where(row => row.Item is { Ratio: not null, Bare: false }).OrderByDescending(row => row.Item.Client == ClientIds.Fresh).ThenByDescending(row => row.Item.Ratio!.Value)
            .Select(row => (int?)row.Index).FirstOrDefault();
        var fast = slow is { } index ? all.Where(row => row.Item.Client == rows[index].Ratio!.Against).Select(row => (int?)row.Index).FirstOrDefault() : null;
        return new PageGroup(Name(group), kind, fast is null ? null : slow, fast) { IsPlain = group.Parameters.Class is null };
    }

    private static PageLink Link(RttSeries series) => new(
        PlainText.OneLine(series.Name),
        series.Limit,
        [.. series.Points.Select(point => new PageLinkPoint(point.RttMilliseconds, PageRatios.Of(point.Ratio, 1)))]);
}
