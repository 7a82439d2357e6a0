using System.Globalization;

namespace ConnectionReuse.Bench.Running;

/// <summary>The culture of every process of the program.</summary>
internal static class OneCulture
{
    /// <summary>
    /// Has this process write and read numbers alike for everybody, whatever the environment says: the runtime itself reads
    /// the interval of a counter in the current culture, and 0.001 is a thousand times as much where the point separates thousands.
    /// </summary>
    public static void Take()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }
}
