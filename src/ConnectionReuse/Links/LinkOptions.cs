using System.Globalization;

namespace ConnectionReuse.Links;

/// <summary>What stands between client and target, and how long the target thinks.</summary>
/// <param name="Link">The emulated link; null for none.</param>
/// <param name="ServerTime">The delay before each response; zero for none.</param>
internal sealed record LinkOptions(Link? Link, TimeSpan ServerTime)
{
    private const string TimeExample = "a time such as 50ms, 0.5s or 200us";
    private const string RateExample = "a rate such as 20mbit, 1gbit or 500kbit";

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    private static readonly (string Unit, decimal Factor)[] Times =
        [("us", TimeSpan.TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond)];

    private static readonly (string Unit, decimal Factor)[] Rates = [("kbit", 1_000), ("mbit", 1_000_000), ("gbit", 1_000_000_000)];

    /// <summary>No link, and a target that answers at once.</summary>
    public static LinkOptions None { get; } = new(null, TimeSpan.Zero);

    /// <summary>Reads the three options; null where one was not given.</summary>
    /// <param name="roundTripTime">The value of <c>--rtt</c>; zero is no delay.</param>
    /// <param name="bandwidth">The value of <c>--bandwidth</c>, in bits per second.</param>
    /// <param name="serverTime">The value of <c>--server-time</c>.</param>
    /// <exception cref="FormatException">A value does not fit; the message is one line that names option and remedy.</exception>
    public static LinkOptions Parse(string? roundTripTime, string? bandwidth, string? serverTime)
    {
        var rtt = roundTripTime is null ? TimeSpan.Zero : Time("--rtt", roundTripTime);
        var rate = bandwidth is null ? (long?)null : Rate("--bandwidth", bandwidth);
        var server = serverTime is null ? TimeSpan.Zero : Time("--server-time", serverTime);
        return new LinkOptions(rtt > TimeSpan.Zero || rate is not null ? new Link(rtt, rate) : null, server);
    }

    private static TimeSpan Time(string option, string text)
    {
        var ticks = Number(text, Times) ?? throw Wrong(option, text, $"{TimeExample} is needed");
        return ticks <= MostTime.Ticks
            ? TimeSpan.FromTicks((long)ticks)
            : throw Wrong(option, text, $"at most {MostTime.TotalSeconds:0}s");
    }

    private static long Rate(string option, string text)
    {
        var rate = Number(text, Rates) ?? throw Wrong(option, text, $"{RateExample} is needed");
        return rate is >= 1_000 and <= 100_000_000_000
            ? (long)rate
            : throw Wrong(option, text, "from 1kbit to 100gbit");
    }

    private static decimal? Number(string text, (string Unit, decimal Factor)[] units)
    {
        foreach (var (unit, factor) in units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && decimal.TryParse(text.AsSpan(..^unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number < 1_000_000_000_000)
            {
                return number * factor;
            }
        }

        return null;
    }

    private static FormatException Wrong(string option, string text, string remedy) => new($"{option} {text}: {remedy}");
}
