using System.Diagnostics;
using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Running;

/// <summary>This program, started once more for a role of its own.</summary>
internal static class ThisProgram
{
    /// <summary>The command that runs this program with other arguments, and with the runtime settings of the benchmarks.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="under">The program with its arguments that is to start it; none to start it directly.</param>
    public static ProcessStartInfo Start(IReadOnlyList<string> arguments, params string[] under)
    {
        var start = Command(arguments, under);
        foreach (var (name, value) in RuntimeSettings.OfEveryProcess)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The command that runs this program with other arguments, in this process's environment.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="under">The program with its arguments that is to start it; none to start it directly.</param>
    public static ProcessStartInfo Command(IReadOnlyList<string> arguments, params string[] under)
    {
        ArgumentNullException.ThrowIfNull(under);

        // Under `dotnet program.dll` the process is dotnet's own.
        var host = Environment.ProcessPath!;
        var underDotnet = Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] command = underDotnet ? [.. under, host, typeof(ThisProgram).Assembly.Location, .. arguments] : [.. under, host, .. arguments];
        return new ProcessStartInfo(command[0], command[1..]);
    }

    /// <summary>The command of one of the program's roles.</summary>
    /// <param name="role">The role and its arguments.</param>
    /// <param name="under">The program with its arguments that is to start it; none to start it directly.</param>
    public static ProcessStartInfo StartRole(IReadOnlyList<string> role, params string[] under) => Start(["role", .. role], under);

    /// <summary>The command of a station of this build, which compiles as a benchmark's process does.</summary>
    public static ProcessStartInfo StartStation()
    {
        var start = Start(StationProtocol.Arguments);
        foreach (var (name, value) in RuntimeSettings.OfClients)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
