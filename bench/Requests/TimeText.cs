using System.Globalization;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Requests;

/// <summary>Times as they are typed, such as <c>1.5s</c>.</summary>
internal static class TimeText
{
    private static readonly TimeSpan Most = TimeSpan.FromHours(1);

    private static readonly (string Unit, decimal Ticks)[] Units =
        [("us", TimeSpan.TicksPerMicrosecond), ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute)];

    /// <summary>Reads a time above zero.</summary>
    /// <exception cref="UserException">It is none.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (unit, ticks) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && decimal.TryParse(text.AsSpan(..^unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number > 0 && number * ticks <= Most.Ticks)
            {
                return TimeSpan.FromTicks((long)(number * ticks));
            }
        }

        throw new UserException(ExitCode.WrongUse, $"{option} {text}: a time such as 500ms, 30s or 2m is needed, at most {Most.TotalMinutes:0}m");
    }
}
