namespace ConnectionReuse.Processes;

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
/// <param name="Elapsed">From before its start to after its end.</param>
internal sealed record ProcessOutput(int ExitCode, string Output, string Errors, TimeSpan Elapsed)
{
    /// <summary>The first line that it wrote to its standard error; empty where it wrote none.</summary>
    public string LastWords => ChildProcess.FirstLine(Errors) ?? string.Empty;
}
