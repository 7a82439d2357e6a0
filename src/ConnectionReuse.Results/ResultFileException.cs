namespace ConnectionReuse.Results;

/// <summary>A result file cannot be read; the message is one line and says what to do where something can be done.</summary>
public sealed class ResultFileException : Exception
{
    /// <summary>Without a reason.</summary>
    public ResultFileException()
    {
    }

    /// <summary>With the reason in one line.</summary>
    public ResultFileException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason in one line and what lies behind it.</summary>
    public ResultFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
