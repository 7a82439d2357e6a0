using System.Text.Json.Serialization;

namespace ConnectionReuse.Results;

/// <summary>The machine and the software of a run, as far as results compare by them; no user and host names, no environment values.</summary>
public sealed record RunEnvironment
{
    /// <summary>The placement of client and server on two machines.</summary>
    public const string TwoMachines = "two machines";

    /// <summary>
    /// The kind of machine: the operating system's family, the architecture and the cores, such as <c>linux-x64-2</c>; with a server started
    /// apart its kind too, such as <c>linux-x64-2-to-linux-x64-4</c>.
    /// </summary>
    [JsonIgnore]
    public string Machine => $"{Family}-{Architecture}-{LogicalCores}{(Server is null ? "" : $"-to-{Server.Machine}")}";

    /// <summary>The operating system's family, such as <c>linux</c>; of one that is not known, its first word.</summary>
    [JsonIgnore]
    public string Family => ((string[])["linux", "windows", "macos"]).FirstOrDefault(family => Os.Contains(family, StringComparison.OrdinalIgnoreCase))
        ?? string.Concat(Os.Split(' ')[0].ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));

    /// <summary>The commit's hash; outside a repository the one that the program was built from; null where neither is known.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the working tree, results aside, differed from the commit; null where there is none.</summary>
    public bool? Dirty { get; init; }

    /// <summary>The operating system's name and version.</summary>
    public required string Os { get; init; }

    /// <summary>The kernel's version.</summary>
    public required string Kernel { get; init; }

    /// <summary>The kernel's TCP congestion control, such as <c>cubic</c>; null where it does not tell.</summary>
    public string? TcpCongestionControl { get; init; }

    /// <summary>The processor's name; null where the machine does not tell.</summary>
    public string? Cpu { get; init; }

    /// <summary>The processor architecture, such as <c>x64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Logical cores.</summary>
    public required int LogicalCores { get; init; }

    /// <summary>Physical processors; null where the machine does not tell.</summary>
    public int? PhysicalProcessors { get; init; }

    /// <summary>Physical cores; null where the machine does not tell.</summary>
    public int? PhysicalCores { get; init; }

    /// <summary>Ticks a second of the clock that timed; null in older files.</summary>
    public long? TimerHertz { get; init; }

    /// <summary>Physical memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Where client and server ran.</summary>
    public required string Placement { get; init; }

    /// <summary>What the runtime of client and server was told, such as <c>DOTNET_TieredPGO=0</c>; null in older files.</summary>
    public IReadOnlyList<string>? RuntimeSettings { get; init; }

    /// <summary>The .NET SDK that built the program; null where unknown.</summary>
    public string? Sdk { get; init; }

    /// <summary>The .NET runtime that ran it.</summary>
    public required string Runtime { get; init; }

    /// <summary>BenchmarkDotNet's version.</summary>
    public required string BenchmarkDotNet { get; init; }

    /// <summary>WireMock.Net's version.</summary>
    public required string WireMock { get; init; }

    /// <summary>The same of the machine on which the servers ran, where they were started apart; null where the run started them beside itself.</summary>
    public RunEnvironment? Server { get; init; }
}
