using System.Globalization;

namespace ConnectionReuse.Tests.Screen;

/// <summary>The time that was told to be left, looked at again and again from a third of a recorded run on.</summary>
/// <param name="Looks">How often.</param>
/// <param name="Wrong">What was told at the moments when it was not right within a quarter, or a second, because whole ones are shown.</param>
internal sealed record ToldTimeLeft(int Looks, IReadOnlyList<string> Wrong)
{
    private const double Tolerance = 0.25;
    private const double Rounding = 1;
    private const double BetweenLooks = 0.1;

    /// <summary>Tells a run again.</summary>
    /// <param name="end">Its end, in seconds since it began, as all times here.</param>
    /// <param name="events">When something happened, and what is to be told of it, in their order.</param>
    /// <param name="left">What is said to be left at a time; null for nothing.</param>
    public static ToldTimeLeft Of(double end, IReadOnlyList<(double At, Action Tell)> events, Func<double, double?> left)
    {
        var (next, looks, wrong) = (0, 0, new List<string>());
        for (var at = 0.0; at < end; at += BetweenLooks)
        {
            for (; next < events.Count && events[next].At <= at; next++)
            {
                events[next].Tell();
            }

            if (at < end / 3)
            {
                continue;
            }

            looks++;
            var (said, were) = (left(at) ?? double.NaN, end - at);
            if (!(Math.Abs(said - were) <= Math.Max(Tolerance * were, Rounding)))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{at:0.0} s of {end:0.0} s: {said:0.0} s were said to be left, {were:0.0} s were"));
            }
        }

        return new ToldTimeLeft(looks, wrong);
    }
}
