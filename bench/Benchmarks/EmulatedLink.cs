using System.Globalization;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What does a network add? The control over HTTPS, behind emulated links of several round trips.</summary>
public class EmulatedLink() : HttpsComparison(TargetIds.KestrelHttps)
{
    private const string Unit = " ms";

    /// <summary>The round trips, in milliseconds; the last one is that of the documented session.</summary>
    public static IReadOnlyList<int> RoundTripMilliseconds { get; } = [0, 10, 50, 123];

    /// <summary>The round trip.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = string.Empty;

    /// <summary>The round trips, as the rows name them.</summary>
    public static IEnumerable<string> Cases => RoundTripMilliseconds.Select(NameOf);

    /// <inheritdoc/>
    public override string ClassName => nameof(EmulatedLink);

    /// <inheritdoc/>
    public override int LinkMilliseconds => int.Parse(Case.Replace(Unit, string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string NotBetweenMachines => Emulated;

    /// <inheritdoc/>
    public override int MostRequests => 10; // a hundred would take a minute

    private static string NameOf(int milliseconds) => milliseconds.ToString(CultureInfo.InvariantCulture) + Unit;
}
