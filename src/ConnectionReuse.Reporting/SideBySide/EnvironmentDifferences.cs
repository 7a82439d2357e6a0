using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.SideBySide;

/// <summary>What differs between the machines and the software of two results.</summary>
internal static class EnvironmentDifferences
{
    // By these a figure is another machine's, and its time says nothing about the code.
    private static readonly (string Name, Func<RunEnvironment, string?> Value)[] Machine =
    [
        ("CPU", environment => environment.Cpu),
        ("operating system", environment => environment.Family),
        ("architecture", environment => environment.Architecture),
        ("logical cores", environment => environment.LogicalCores.ToString(CultureInfo.InvariantCulture)),
        ("server's machine", environment => environment.Server is { } server ? string.Join(", ", new[] { server.Machine, server.Cpu }.OfType<string>()) : "the same"),
    ];

    private static readonly (string Name, Func<RunEnvironment, string?> Value)[] Others =
    [
        ("version of the operating system", environment => environment.Os),
        ("kernel", environment => environment.Kernel),
        ("TCP congestion control", environment => environment.TcpCongestionControl),
        ("memory", environment => $"{(environment.MemoryBytes / 1073741824.0).ToString("0.#", CultureInfo.InvariantCulture)} GiB"),
        ("placement", environment => environment.Placement),
        ("runtime", environment => environment.Runtime),
        ("runtime settings", environment => environment.RuntimeSettings is { } settings ? string.Join(' ', settings) : null),
        ("BenchmarkDotNet", environment => environment.BenchmarkDotNet),
        ("WireMock.Net", environment => environment.WireMock),
    ];

    /// <summary>Whether both were measured on one kind of machine.</summary>
    public static bool SameMachine(RunEnvironment a, RunEnvironment b) => Machine.All(one => one.Value(a) == one.Value(b));

    /// <summary>What differs, in words, what makes another machine first.</summary>
    public static IReadOnlyList<string> Of(RunEnvironment a, RunEnvironment b) =>
    [
        .. Machine.Concat(Others).Where(one => one.Value(a) != one.Value(b)).Select(one => $"{one.Name}: A {one.Value(a) ?? "unknown"}; B {one.Value(b) ?? "unknown"}"),
    ];
}
