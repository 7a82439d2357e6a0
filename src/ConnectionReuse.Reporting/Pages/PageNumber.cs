using System.Globalization;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>Numbers with no more digits than a drawing shows: the result file has them all.</summary>
internal static class PageNumber
{
    /// <summary>Four digits of a number.</summary>
    public static double Short(double number) => double.Parse(number.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Three digits of a number.</summary>
    public static double Shorter(double number) => double.Parse(number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Three digits of a number, as they are shown where no interval says how many it is worth.</summary>
    public static string Three(double number) => Shorter(number).ToString("0.#####", CultureInfo.InvariantCulture);
}
