namespace ConnectionReuse.Bench.Watch;

/// <summary>What a process looks like from outside, where it does not answer.</summary>
internal enum Looks
{
    /// <summary>It has no part of .NET loaded.</summary>
    Foreign,

    /// <summary>It has .NET's runtime loaded.</summary>
    DotNet,

    /// <summary>It does not let itself be looked at: it is somebody else's.</summary>
    Hidden,

    /// <summary>It has ended meanwhile.</summary>
    Gone,
}
