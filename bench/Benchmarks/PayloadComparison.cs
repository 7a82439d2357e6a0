using System.Globalization;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Bodies of several sizes, down and up, from the control over HTTPS.</summary>
/// <param name="name">The class's name, which tells its rows from those of others.</param>
public abstract class PayloadComparison(string name) : HttpComparison(TargetIds.KestrelHttps)
{
    private const int Kilobyte = 1000;
    private const string Down = "kB down";
    private const string Up = "kB up";

    /// <summary>The body, and which way it goes.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = string.Empty;

    /// <summary>Bodies below, at and above what a new connection may send at once (14.5 kB), both ways.</summary>
    public static IEnumerable<string> Cases =>
        from way in (string[])[Down, Up]
        from size in (int[])[0, 1, 14, 64, 1024]
        select $"{size.ToString(CultureInfo.InvariantCulture)} {way}";

    /// <inheritdoc/>
    public override string ClassName => name;

    /// <inheritdoc/>
    public override int BodyBytes => Kilobyte * int.Parse(Case.Split(' ')[0], CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override Target Asked(Target target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Case.EndsWith(Up, StringComparison.Ordinal)
            ? target with { Upload = new byte[BodyBytes] }
            : target with { Uri = new Uri(target.Uri, $"/bytes/{BodyBytes.ToString(CultureInfo.InvariantCulture)}"), ExpectedLength = BodyBytes };
    }
}
