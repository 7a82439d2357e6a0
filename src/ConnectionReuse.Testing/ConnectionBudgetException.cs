namespace ConnectionReuse.Testing;

/// <summary>
/// A test opened other connections than its budget allows, or proved nothing about them. Every test framework reports it as
/// a failure of the test; its message says what happened and what to do.
/// </summary>
public sealed class ConnectionBudgetException : Exception, IAssertionException
{
    internal ConnectionBudgetException(string message)
        : base(message)
    {
    }
}
