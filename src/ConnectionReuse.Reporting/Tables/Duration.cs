namespace ConnectionReuse.Reporting.Tables;

/// <summary>A stretch of time as text, in the unit that suits it.</summary>
internal static class Duration
{
    private static readonly (string Name, double Seconds)[] Units =
        [("d", 86400), ("h", 3600), ("min", 60), ("s", 1), ("ms", 1e-3), ("us", 1e-6)];

    /// <summary>Such as <c>370 ms</c> or <c>4.28 d</c>; below a microsecond in parts of one.</summary>
    public static string Text(double seconds)
    {
        var unit = Units.FirstOrDefault(unit => Math.Abs(seconds) >= unit.Seconds, seconds == 0 ? ("s", 1) : Units[^1]);
        var value = seconds / unit.Seconds;
        return $"{Figure.Text(value, value == 0 ? 0 : Figure.Decimals(value, null, null))} {unit.Name}";
    }
}
