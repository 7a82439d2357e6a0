namespace ConnectionReuse.Measuring;

/// <summary>Calls before those that are timed: after a turn of somebody else's the caches are theirs.</summary>
internal static class LeadIn
{
    private const int Share = 10; // what it costs of the time, against what it leaves of the other's caches

    /// <summary>How many lead in to so many.</summary>
    public static int Of(int calls) => Math.Max(1, calls / Share);
}
