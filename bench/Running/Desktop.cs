using System.Diagnostics;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Bench.Running;

/// <summary>Shows a file to whoever sits before the machine.</summary>
/// <param name="open">What opens a file here; null where there is no desktop.</param>
internal sealed class Desktop(Func<string, ProcessStartInfo>? open)
{
    private const string Opener = "xdg-open";

    private static readonly string[] Displays = ["DISPLAY", "WAYLAND_DISPLAY"];

    /// <summary>The desktop of this machine.</summary>
    public static Desktop Here() => new(
        OperatingSystem.IsWindows() ? path => new ProcessStartInfo(path) { UseShellExecute = true }
        : OperatingSystem.IsMacOS() ? path => Command("open", path)
        : OfLinux(Environment.GetEnvironmentVariable));

    /// <summary>What opens a file under Linux: nothing without a display, or without the desktops' common program.</summary>
    /// <param name="variable">A variable of the environment.</param>
    public static Func<string, ProcessStartInfo>? OfLinux(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var hasDisplay = Displays.Any(name => !string.IsNullOrEmpty(variable(name)));
        return hasDisplay && SearchPath.Find(Opener, variable("PATH")) is { } program ? path => Command(program, path) : null;
    }

    /// <summary>Opens a file, or says where it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">Gets one line.</param>
    public void Show(string path, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var shown = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        output.WriteLine(TryOpen(Path.GetFullPath(path)) ? $"opened {shown}" : $"no desktop here; the page is {shown}");
    }

    private static ProcessStartInfo Command(string program, string path) => new(program) { ArgumentList = { path } };

    private bool TryOpen(string path)
    {
        if (open is null)
        {
            return false;
        }

        try
        {
            using var process = Process.Start(open(path));
            return true;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            return false; // nothing is there that shows a page
        }
    }
}
