using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>
/// What the kernel of Linux has counted so far of the CPU time that this program wanted and did not get. Elsewhere, and where
/// a file is not there, it is unknown.
/// </summary>
/// <param name="ThrottledPeriods">Periods in which a CPU quota was spent.</param>
/// <param name="ThrottledSeconds">How long threads were held back for that.</param>
/// <param name="StolenSeconds">CPU time of all cores that the hypervisor gave away.</param>
internal sealed record KernelTotals(long? ThrottledPeriods, double? ThrottledSeconds, double? StolenSeconds)
{
    private const int StealColumn = 8; // of the line "cpu user nice system idle iowait irq softirq steal ..."
    private const double TicksPerSecond = 100; // USER_HZ, which is the same on every architecture that .NET runs on

    /// <summary>Reads the totals.</summary>
    /// <param name="root">The root of the file system.</param>
    public static KernelTotals Read(string root = "/")
    {
        var groups = Groups(root).Select(Statistics).ToArray();
        return new KernelTotals(
            (long?)Sum(groups, "nr_throttled", 1),
            Sum(groups, "throttled_usec", 1e-6) ?? Sum(groups, "throttled_time", 1e-9), // of control groups of version 2 and 1
            Stolen(Lines(Path.Combine(root, "proc", "stat"))));
    }

    /// <summary>What was kept from a run since an earlier reading; null where nothing is known.</summary>
    public Interference? Since(KernelTotals earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var since = new Interference
        {
            ThrottledPeriods = ThrottledPeriods - earlier.ThrottledPeriods,
            ThrottledSeconds = ThrottledSeconds - earlier.ThrottledSeconds,
            StolenSeconds = StolenSeconds - earlier.StolenSeconds,
        };
        return since == new Interference() ? null : since;
    }

    // The group of this process and those above it, as far as this process sees them: each may have a quota.
    private static IEnumerable<string> Groups(string root)
    {
        foreach (var line in Lines(Path.Combine(root, "proc", "self", "cgroup")))
        {
            // "0::/path" in version 2, "4:cpu,cpuacct:/path" in version 1.
            if (line.Split(':', 3) is not [_, var controllers, var path] || !(controllers.Length == 0 || controllers.Split(',').Contains("cpu")))
            {
                continue;
            }

            var top = Path.Combine(root, "sys", "fs", "cgroup", controllers.Length == 0 ? "" : "cpu");
            string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            for (var depth = names.Length; depth >= 0; depth--)
            {
                yield return Path.Combine([top, .. names.Take(depth), "cpu.stat"]);
            }
        }
    }

    private static Dictionary<string, double> Statistics(string path) => Lines(path)
        .Select(line => line.Split(' '))
        .Where(words => words.Length == 2 && IsNumber(words[1]))
        .ToDictionary(words => words[0], words => Number(words[1]));

    private static double? Sum(IEnumerable<Dictionary<string, double>> groups, string name, double unit)
    {
        double[] values = [.. groups.Where(group => group.ContainsKey(name)).Select(group => group[name])];
        return values.Length == 0 ? null : values.Sum() * unit;
    }

    private static double? Stolen(IEnumerable<string> lines)
    {
        var words = lines.FirstOrDefault(line => line.StartsWith("cpu ", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words?.Length > StealColumn && IsNumber(words[StealColumn]) ? Number(words[StealColumn]) / TicksPerSecond : null;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return []; // another system, or one that does not show it
        }
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static double Number(string text) => double.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
