namespace ConnectionReuse.Bench.Running;

/// <summary>How the runtime compiles in the processes of a measurement.</summary>
internal static class RuntimeSettings
{
    /// <summary>
    /// Lets hot code of clients and servers reach its last tier within a second. Without it a process on one core waits
    /// a second before it counts calls, and dynamic PGO compiles everything twice. The
    /// thread pool's hill climbing looks for a number of threads that one request at a time does not need, and is
    /// compiled late.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> OfEveryProcess { get; } =
    [
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_TC_CallCountingDelayMs", "1"),
        ("DOTNET_TC_DelaySingleProcMultiplier", "1"),
        ("DOTNET_HillClimbing_Disable", "1"),
    ];

    /// <summary>
    /// Those of a client's process: a method is compiled again after 64 calls (hexadecimal, as the runtime reads it). What is called
    /// less often belongs to the start, not to the requests.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> OfClients { get; } = [.. OfEveryProcess, ("DOTNET_TC_CallCountThreshold", "40")];

    /// <summary>
    /// Calls that every process has made before it may be taken for warm: more than those after which a method is compiled again, 64 in
    /// clients and 30 elsewhere. Until then the JIT may stand still though nothing is hot yet.
    /// </summary>
    public const int CallsUntilHot = 80;

    /// <summary>What a result file says of how client and server ran.</summary>
    /// <param name="passedOn">What the user had added.</param>
    public static IReadOnlyList<string> Words(PassedOn passedOn)
    {
        ArgumentNullException.ThrowIfNull(passedOn);
        return [.. passedOn.Over(OfEveryProcess).Select(setting => $"{setting.Name}={setting.Value}")];
    }
}
