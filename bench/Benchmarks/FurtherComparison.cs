namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>A question of its own beside the default comparison: it runs with <c>--all</c>, or when a filter names it.</summary>
/// <param name="question">The question, which tells its rows from those of others.</param>
/// <param name="targetId">Whom the requests go to.</param>
public abstract class FurtherComparison(string question, string targetId) : Comparison(targetId)
{
    /// <inheritdoc/>
    public override string Question => question;

    /// <summary>The ids of the client patterns that only this question has; none where it asks the usual ones.</summary>
    public virtual IEnumerable<string> OwnClients => [];
}
