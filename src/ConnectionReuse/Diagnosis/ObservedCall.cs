namespace ConnectionReuse.Diagnosis;

/// <summary>A call that is over.</summary>
/// <param name="Answer">Its response's head; null where none came.</param>
/// <param name="Connection">The connection that carried it last; null where it reached none.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
/// <param name="Cancelled">Whether whoever made it cancelled it.</param>
/// <param name="AsksToClose">Whether it asked for <c>Connection: close</c>.</param>
/// <param name="Asked">The HTTP version that it asked for; null where that was not seen.</param>
internal sealed record ObservedCall(SeenAnswer? Answer, WatchedConnection? Connection, string? Failure, bool Cancelled, bool AsksToClose, Version? Asked)
{
    /// <summary>Whether it took longer than a call may.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The redirects that it followed, each as a call of its own.</summary>
    public IReadOnlyList<ObservedCall> Redirects { get; init; } = [];
}
