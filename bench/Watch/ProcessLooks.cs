using System.ComponentModel;
using System.Diagnostics;

namespace ConnectionReuse.Bench.Watch;

/// <summary>Looks at processes from outside.</summary>
internal static class ProcessLooks
{
    private const string Runtime = "coreclr";

    /// <summary>What a process looks like.</summary>
    public static Looks At(int process) => OperatingSystem.IsLinux() ? OnLinux(process) : Elsewhere(process);

    private static Looks OnLinux(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/maps").Any(line => line.Contains(Runtime, StringComparison.Ordinal)) ? Looks.DotNet : Looks.Foreign;
        }
        catch (UnauthorizedAccessException)
        {
            return Looks.Hidden;
        }
        catch (IOException)
        {
            return Looks.Gone;
        }
    }

    private static Looks Elsewhere(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return found.Modules.Cast<ProcessModule>().Any(module => module.ModuleName.Contains(Runtime, StringComparison.OrdinalIgnoreCase)) ? Looks.DotNet : Looks.Foreign;
        }
        catch (Win32Exception)
        {
            return Looks.Hidden;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return Looks.Gone;
        }
    }
}
