using System.Globalization;

namespace ConnectionReuse.Tests;

/// <summary>The culture of this thread, for as long as this object lives: German or Turkish numbers, and a minus that nobody writes.</summary>
internal sealed class OddCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public OddCulture() => CultureInfo.CurrentCulture = new CultureInfo(string.Empty)
    {
        NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", PercentPositivePattern = 2, PercentDecimalSeparator = ",", PercentGroupSeparator = ".", NegativeSign = "!" },
        DateTimeFormat = { DateSeparator = ".", TimeSeparator = "." },
    };

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
