namespace ConnectionReuse.Reporting.Reports;

/// <summary>Results do not go into one report; the message is one line and says why.</summary>
internal sealed class MergeException : Exception
{
    /// <summary>Without a reason.</summary>
    public MergeException()
    {
    }

    /// <summary>With the reason in one line.</summary>
    public MergeException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason in one line and what lies behind it.</summary>
    public MergeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
