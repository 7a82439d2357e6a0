using System.Globalization;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>Numbers as text, with no more digits than they are worth.</summary>
internal static class Figure
{
    private const int DigitsWithoutInterval = 3;
    private const int FewestDigits = 2;
    private const int MostDigits = 4;

    /// <summary>A number with a fixed count of decimals.</summary>
    public static string Text(double value, int decimals)
    {
        var rounded = Math.Round(value, Math.Min(decimals, 15));
        return (rounded == 0 ? 0 : value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture); // no "-0.0"
    }

    /// <summary>
    /// The decimals that a figure is worth. With an interval the rule of the Particle Data Group (Review of Particle
    /// Physics, "Rounding"): two digits of the half width below 3.55, one above; between 2 and 4 digits in all.
    /// Without an interval: 3 digits in all.
    /// </summary>
    public static int Decimals(double value, double? low, double? high)
    {
        var magnitude = Magnitude(value);
        if ((high - low) / 2 is not { } halfWidth || halfWidth <= 0)
        {
            return Math.Max(0, DigitsWithoutInterval - 1 - magnitude);
        }

        var place = Magnitude(halfWidth);
        var decimals = halfWidth / Math.Pow(10, place) < 3.55 ? 1 - place : -place;
        return Math.Max(0, Math.Clamp(decimals, FewestDigits - 1 - magnitude, MostDigits - 1 - magnitude));
    }

    /// <summary>A ratio with its interval, such as <c>7.4x (7.1-7.7)</c>.</summary>
    public static string Ratio(double value, double low, double high)
    {
        var decimals = Decimals(value, low, high);
        return $"{Text(value, decimals)}x ({Text(low, decimals)}-{Text(high, decimals)})";
    }

    /// <summary>How far an interval reaches from its value at most, such as <c>3.1%</c>.</summary>
    public static string Reach(double value, double low, double high)
    {
        var percent = 100 * Math.Max(high - value, value - low) / value;
        return Text(percent, percent < 9.95 ? 1 : 0) + "%";
    }

    /// <summary>A count, or the mean of counts: an integer where it is one.</summary>
    public static string Count(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static int Magnitude(double value) => value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));
}
