using System.Diagnostics;

namespace ConnectionReuse.Bench.Running;

/// <summary>This program, started once more for a role of its own.</summary>
public static class Self
{
    /// <summary>The command that runs this program with other arguments, and with the runtime settings of the benchmarks.</summary>
    public static ProcessStartInfo Start(IReadOnlyList<string> arguments)
    {
        // Under `dotnet program.dll` the process is dotnet's own.
        var host = Environment.ProcessPath!;
        var underDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = underDotnet
            ? new ProcessStartInfo(host, [typeof(Self).Assembly.Location, .. arguments])
            : new ProcessStartInfo(host, arguments);
        foreach (var setting in Jobs.RuntimeSettings)
        {
            start.Environment[setting.Key] = setting.Value;
        }

        return start;
    }
}
