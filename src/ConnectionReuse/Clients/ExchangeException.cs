namespace ConnectionReuse.Clients;

/// <summary>An answer arrived, but not the expected one: its message says which, in one line.</summary>
/// <param name="message">What was wrong with the answer.</param>
internal sealed class ExchangeException(string message) : Exception(message)
{
    /// <summary>How a reason begins that says with what a target answered instead of a success.</summary>
    public const string Answered = "answered ";

    /// <summary>Whether a reason says that a target answered, though not as asked.</summary>
    public static bool IsAnswer(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason.StartsWith(Answered, StringComparison.Ordinal);
    }
}
