using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A part of an answer.</summary>
/// <param name="Text">Its words, with the spaces around them.</param>
/// <param name="IsStrong">Whether it is what the reader came for.</param>
internal sealed record AnswerPart(string Text, bool IsStrong = false);

/// <summary>What a run says, in one or two sentences: the ratio with its interval and its scope, and what bounds it.</summary>
internal static class Answer
{
    /// <summary>The sentences, one after the other.</summary>
    public static IReadOnlyList<AnswerPart> Of(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (Ratio(file) is not { } answered)
        {
            return [new(None(file))];
        }

        var sentence = Headline.Parts(file) ?? Headline.Sentence(answered.Group, answered.Ratio, Scope(answered.Group), file.Environment);
        return Bound(answered.Group, answered.Ratio) is { } bound ? [.. sentence, new($" {bound}")] : sentence;
    }

    // A plain comparison first, as in the headline; else the first one that has a ratio.
    private static (RowGroup Group, ResultRatio Ratio)? Ratio(ResultFile file)
    {
        var candidates = (
            from comparison in RowGroup.Of(file.Rows)
            from ratio in file.Ratios
            where comparison.Has(ratio) && ratio.Kind == RatioKind.Reuse
            select (Group: comparison, Ratio: ratio)).ToArray();
        var known = Headline.Parts(file) is not null;
        return candidates
            .OrderBy(candidate => candidate.Ratio.Slow == ClientIds.Fresh ? 0 : 1)
            .ThenBy(candidate => known ? Headline.Rank(candidate.Group) : 0)
            .Select(candidate => ((RowGroup, ResultRatio)?)candidate).FirstOrDefault();
    }

    private static string Scope(RowGroup group) => $"{ChartText.Name(group)}, {Regime.NameOf(group.Rows[0])}";

    private static string? Bound(RowGroup group, ResultRatio ratio)
    {
        if (RatioText.IsUndecided(ratio) || ratio.Value < 1)
        {
            return null;
        }

        return ratio.Model is { CpuBound: false } model
            ? $"Of {Figure.Count(model.Limit)} round trips of such a call {Figure.Count(model.ExtraRoundTrips)} open the connection: reuse makes it {Figure.Count(model.Limit)}x faster at most."
            : Regime.Of(group.Rows[0]) == Regime.Loopback ? "On loopback a round trip takes no time: over a network a new connection costs more." : null;
    }

    private static string None(ResultFile file)
    {
        var timed = file.Rows.Where(row => row.HasTimes()).ToArray();
        return timed.Length == 0 ? "No row was measured, so there is no answer."
            : timed.All(row => row.Low is null) ? "Fewer than 3 rounds were complete: there is neither an interval nor a ratio."
            : Headline.None;
    }
}
