using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>Ratios as the page writes them.</summary>
internal static class PageRatios
{
    /// <summary>Said where the rounds cannot tell the two apart.</summary>
    public const string Undecided = "no difference shown";

    /// <summary>A ratio in numbers and in words.</summary>
    /// <param name="ratio">The ratio.</param>
    /// <param name="decimals">What the slow row's time per call is worth.</param>
    public static PageRatio Of(ResultRatio ratio, int decimals)
    {
        var undecided = RatioText.IsUndecided(ratio);
        var places = Figure.Decimals(ratio.Value, ratio.Low, ratio.High);
        return new PageRatio(
            PageNumber.Short(ratio.Value), PageNumber.Short(ratio.Low), PageNumber.Short(ratio.High), PageNumber.Short(ratio.SavedMillisecondsPerCall),
            undecided ? Undecided : $"{Figure.Text(ratio.Value, places)}×",
            Range(ratio.Low, ratio.High, places),
            undecided ? Undecided : $"{Figure.Text(ratio.SavedMillisecondsPerCall, decimals)} ms",
            PlainText.OneLine(ratio.Fast),
            undecided);
    }

    /// <summary>Such as <c>7.1–7.7</c>.</summary>
    public static string Range(double low, double high, int decimals) => $"{Figure.Text(low, decimals)}–{Figure.Text(high, decimals)}";
}
