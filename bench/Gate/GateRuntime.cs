using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// How the gate's processes run, on both ends: everything is compiled once, at its first call, and the framework's code
/// is taken as it was shipped. Compiled in tiers, three processes took 6 s of a pair's 10 until the JIT stood still.
/// </summary>
internal static class GateRuntime
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("DOTNET_TieredCompilation", "0"),
        ("DOTNET_HillClimbing_Disable", "1"), // looks for a number of threads that one call at a time does not need
    ];

    /// <summary>The settings as a result file keeps them.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Settings.Select(setting => $"{setting.Name}={setting.Value}")];

    /// <summary>The command of a station of this program, for builds that hold nothing but clients.</summary>
    public static ProcessStartInfo OwnStation(string folder) => ThisProgram.Start(StationProtocol.Arguments);

    /// <summary>Has a process run so.</summary>
    /// <param name="start">The process.</param>
    /// <returns>The same.</returns>
    public static ProcessStartInfo Under(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
