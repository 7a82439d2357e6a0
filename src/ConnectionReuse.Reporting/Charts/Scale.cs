using System.Globalization;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>Where a figure lies on an axis.</summary>
/// <param name="Logarithmic">Whether equal ratios, not equal differences, are equally far apart.</param>
/// <param name="Low">The figure at <paramref name="From"/>.</param>
/// <param name="High">The figure at <paramref name="To"/>.</param>
/// <param name="From">In pixels.</param>
/// <param name="To">In pixels.</param>
internal sealed record Scale(bool Logarithmic, double Low, double High, double From, double To)
{
    private const int FewestTicks = 3;

    /// <summary>A logarithmic axis that holds all figures, with some room at both ends.</summary>
    public static Scale Log(IReadOnlyCollection<double> figures, double from, double to)
    {
        var (low, high) = (figures.Min(), figures.Max());
        var room = Math.Max(1.15, Math.Pow(high / low, 0.04));
        return new Scale(true, low / room, high * room, from, to);
    }

    public double At(double figure) => From + (To - From) * (Logarithmic
        ? Math.Log(figure / Low) / Math.Log(High / Low)
        : (figure - Low) / (High - Low));

    /// <summary>Round figures to be written at the axis.</summary>
    public IReadOnlyList<double> Ticks()
    {
        if (!Logarithmic)
        {
            return Even();
        }

        var decades = Steps([1]);
        return decades.Length >= FewestTicks ? decades : Steps([1, 2, 5]) is { Length: >= FewestTicks } more ? more : Even();
    }

    public static string Label(double tick) => tick.ToString("0.#########", CultureInfo.InvariantCulture);

    private double[] Steps(double[] mantissas) =>
    [
        .. from power in Enumerable.Range((int)Math.Floor(Math.Log10(Low)), (int)Math.Ceiling(Math.Log10(High)) - (int)Math.Floor(Math.Log10(Low)) + 1)
           from mantissa in mantissas
           let tick = double.Parse($"{mantissa.ToString(CultureInfo.InvariantCulture)}e{power.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture)
           where tick >= Low && tick <= High
           select tick,
    ];

    private double[] Even()
    {
        var rough = (High - Low) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * new[] { 1.0, 2, 5, 10 }.First(mantissa => mantissa * power >= rough * 0.999);
        var first = (long)Math.Ceiling(Low / step - 1e-9);
        return [.. Enumerable.Range(0, (int)((long)Math.Floor(High / step + 1e-9) - first) + 1).Select(index => Math.Round((first + index) * step, 9))];
    }
}
