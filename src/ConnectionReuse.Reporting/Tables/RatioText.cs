using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>A ratio as text: never without its interval, and one word where the rounds cannot tell it from 1.</summary>
internal static class RatioText
{
    /// <summary>A difference that the rounds cannot tell from none.</summary>
    public const string Undecided = "undecided";

    /// <summary>Whether the interval holds 1, so that neither pattern is shown to be the faster one.</summary>
    public static bool IsUndecided(ResultRatio ratio) => ratio.Low <= 1 && ratio.High >= 1;

    /// <summary>Such as <c>7.4x (7.1-7.7)</c>, or <c>undecided</c>.</summary>
    public static string Of(ResultRatio ratio) => IsUndecided(ratio) ? Undecided : Figure.Ratio(ratio.Value, ratio.Low, ratio.High);

    /// <summary>What it saves a call, such as <c>2.12 ms</c>; empty where the rounds cannot tell.</summary>
    /// <param name="ratio">The ratio.</param>
    /// <param name="decimals">What the slow row's time per call is worth.</param>
    public static string Saved(ResultRatio ratio, int decimals) =>
        IsUndecided(ratio) ? "" : $"{Figure.Text(ratio.SavedMillisecondsPerCall, decimals)} ms";
}
