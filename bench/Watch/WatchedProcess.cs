namespace ConnectionReuse.Bench.Watch;

/// <summary>A .NET process that can be watched.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name of its program.</param>
/// <param name="Runtime">The version of its runtime, such as <c>10.0.1</c>.</param>
internal sealed record WatchedProcess(int Id, string Name, string Runtime)
{
    private const int OldestMajor = 8; // the first whose events name connections

    /// <summary>Whether its events tell what is counted.</summary>
    public bool IsNewEnough => int.TryParse(Runtime.AsSpan(0, Math.Max(0, Runtime.IndexOf('.', StringComparison.Ordinal))), out var major) && major >= OldestMajor;
}
