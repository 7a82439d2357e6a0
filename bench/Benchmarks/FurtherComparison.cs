namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>A question of its own beside the default comparison: it runs with <c>--all</c>, or when a filter names it.</summary>
/// <param name="question">The question, which tells its rows from those of others.</param>
/// <param name="targetId">Whom the requests go to.</param>
public abstract class FurtherComparison(string question, string targetId) : Comparison(targetId)
{
    /// <inheritdoc/>
    public override string Question => question;
}
