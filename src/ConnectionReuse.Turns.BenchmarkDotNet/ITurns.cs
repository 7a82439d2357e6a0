namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>A benchmark process's turns.</summary>
internal interface ITurns
{
    /// <summary>Tells that what was done in the turn before has ended, and returns when it is this process's turn again.</summary>
    void WaitForTurn();
}
