namespace ConnectionReuse.Results;

/// <summary>Connections that an iteration must show; every other count is a deviation.</summary>
/// <param name="Carrying">Distinct connections that carry the requests.</param>
/// <param name="Opened">Connections opened during the iteration.</param>
/// <param name="AtMost">Whether these are upper bounds, because calls that run at once share connections as it happens.</param>
public sealed record ConnectionExpectation(int Carrying, int Opened, bool AtMost = false)
{
    /// <summary>Whether what was counted is as expected.</summary>
    public bool Holds(long? carrying, long opened) => AtMost
        ? carrying >= 1 && carrying <= Carrying && opened <= Opened
        : carrying == Carrying && opened == Opened;
}
