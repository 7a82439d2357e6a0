using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Environments;
using ConnectionReuse.Results;
using ConnectionReuse.Turns;
using WireMock.Server;

namespace ConnectionReuse.Bench.Running;

/// <summary>Reads what a result says about where it was made: nothing about who made it.</summary>
internal static class EnvironmentReader
{
    private const string CongestionControl = "/proc/sys/net/ipv4/tcp_congestion_control";

    /// <summary>The environment of a run that starts now.</summary>
    /// <param name="passedOn">What clients and servers get beside the suite's own settings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<RunEnvironment> ReadAsync(PassedOn passedOn, CancellationToken cancellationToken)
    {
        var host = HostEnvironmentInfo.GetCurrent();
        var tree = await WorkingTree.ReadAsync(Folders.Repository ?? Directory.GetCurrentDirectory(), cancellationToken);
        return new RunEnvironment
        {
            Commit = tree.Commit ?? BuiltFrom.Commit,
            Dirty = tree.Dirty,
            Os = host.Os.Value.Name is { } name ? $"{name} {host.Os.Value.Version}".Trim() : RuntimeInformation.OSDescription,
            Kernel = Environment.OSVersion.Version.ToString(),
            TcpCongestionControl = File.Exists(CongestionControl) ? (await File.ReadAllTextAsync(CongestionControl, cancellationToken)).Trim() : null,
            Cpu = CpuName.Read(host),
            Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            LogicalCores = Environment.ProcessorCount,
            PhysicalProcessors = host.Cpu.Value?.PhysicalProcessorCount,
            PhysicalCores = host.Cpu.Value?.PhysicalCoreCount,
            TimerHertz = Stopwatch.Frequency,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Placement = Placement.Name,
            RuntimeSettings = Running.RuntimeSettings.Words(passedOn),
            Sdk = host.DotNetSdkVersion.Value,
            Runtime = RuntimeInformation.FrameworkDescription,
            BenchmarkDotNet = VersionOf(typeof(global::BenchmarkDotNet.Running.BenchmarkRunner)),
            WireMock = VersionOf(typeof(WireMockServer)),
        };
    }

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? type.Assembly.GetName().Version!.ToString();
}
