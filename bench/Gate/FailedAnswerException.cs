namespace ConnectionReuse.Bench.Gate;

/// <summary>A client answered that it could not do what it was asked.</summary>
/// <param name="message">Who could not do what, and why.</param>
/// <param name="reason">Why.</param>
public sealed class FailedAnswerException(string message, string reason) : IOException(message)
{
    /// <summary>Why, in the client's words, fit for one line.</summary>
    public string Reason => reason;
}
