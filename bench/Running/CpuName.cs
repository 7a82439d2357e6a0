using BenchmarkDotNet.Environments;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Bench.Running;

/// <summary>The name of the processor, as BenchmarkDotNet reads it.</summary>
internal static class CpuName
{
    private const string Program = "lscpu";

    // bash takes such a variable for a function.
    private const string Function = "BASH_FUNC_lscpu%%";

    /// <summary>Reads it; where the machine has no <c>lscpu</c>, without the shell's complaint about that.</summary>
    public static string? Read(HostEnvironmentInfo host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!OperatingSystem.IsLinux() || SearchPath.Find(Program) is not null)
        {
            return host.Cpu.Value?.ProcessorName?.Trim();
        }

        Environment.SetEnvironmentVariable(Function, "() { :; }");
        try
        {
            return host.Cpu.Value?.ProcessorName?.Trim();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Function, null);
        }
    }
}
