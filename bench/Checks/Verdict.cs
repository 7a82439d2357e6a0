using System.Globalization;
using ConnectionReuse.Reporting.Statistics;

namespace ConnectionReuse.Bench.Checks;

/// <summary>Whether a ratio that should be 1 is: its whole interval must lie within the limit.</summary>
/// <param name="Name">What was compared.</param>
/// <param name="Ratio">The ratio with its interval.</param>
/// <param name="Limit">How far from 1 it may be.</param>
internal sealed record Verdict(string Name, Interval Ratio, double Limit)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Ratio.Low > 1 - Limit && Ratio.High < 1 + Limit;

    /// <summary>The verdict in one line.</summary>
    public override string ToString()
    {
        var word = Holds ? "ok" : Ratio.Low > 1 + Limit || Ratio.High < 1 - Limit ? "beyond the limit" : "interval reaches beyond the limit";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Name,-24} {Share(Ratio.Value)} ({Share(Ratio.Low)} to {Share(Ratio.High)}), limit +-{Limit:0%}: {word}");
    }

    private static string Share(double ratio) => (ratio - 1).ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture);
}
