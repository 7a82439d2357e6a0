namespace ConnectionReuse.Bench.Running;

/// <summary>Names of code as the user types and reads them.</summary>
internal static class KebabCase
{
    /// <summary>A name's words, set apart by hyphens: the method <c>FloorFresh</c> measures <c>floor-fresh</c>, and <c>Slow10</c> is <c>slow-10</c>.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Select((letter, index) =>
            index > 0 && (char.IsUpper(letter) || (char.IsDigit(letter) && !char.IsDigit(name[index - 1]))) ? $"-{char.ToLowerInvariant(letter)}"
            : char.ToLowerInvariant(letter).ToString()));
    }
}
