namespace ConnectionReuse.Bench.Running;

/// <summary>Ends the program with one line for its user and an exit code.</summary>
/// <param name="exitCode">How the program ends.</param>
/// <param name="message">What happened, why, what to do next: one line.</param>
internal class UserException(ExitCode exitCode, string message) : Exception(message)
{
    /// <summary>How the program ends.</summary>
    public ExitCode ExitCode => exitCode;
}
