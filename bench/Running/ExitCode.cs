namespace ConnectionReuse.Bench.Running;

/// <summary>What a verb's exit says; the same for every verb.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>What was asked does not hold: a row is not as declared, a row failed, a regression.</summary>
    DoesNotHold = 1,

    /// <summary>Wrong use: an option, a value, a file.</summary>
    WrongUse = 2,

    /// <summary>The measurement cannot tell.</summary>
    Inconclusive = 3,

    /// <summary>Could not measure: a required target unreachable, a server that does not start.</summary>
    CouldNotMeasure = 4,

    /// <summary>Interrupted by Ctrl-C or a signal.</summary>
    Interrupted = 130,
}
