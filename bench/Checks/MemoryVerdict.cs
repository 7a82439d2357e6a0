using System.Globalization;
using ConnectionReuse.Reporting.Tables;

namespace ConnectionReuse.Bench.Checks;

/// <summary>Whether a <see cref="MemoryRun"/> stayed flat, with the limits that it is held against.</summary>
/// <param name="run">The run.</param>
internal sealed class MemoryVerdict(MemoryRun run)
{
    /// <summary>What the managed heap of either end may grow by: a million requests that leave two bytes each are beyond it.</summary>
    public const long HeapLimit = Mebibyte;

    /// <summary>What either working set may grow by: the collector's reserve grows to its full size after the first look.</summary>
    public const long WorkingSetLimit = 64 * Mebibyte;

    /// <summary>What the time of a request may grow by, as a share: the noise of a machine that others use too.</summary>
    public const double TimeLimit = 0.25;

    /// <summary>With fewer requests the last tenth is too short a time to be told from noise.</summary>
    public const int FewestForTime = 100_000;

    private const long Mebibyte = 1 << 20;

    private MemorySample First => run.Samples[0];

    private MemorySample Last => run.Samples[^1];

    /// <summary>Whether all of it holds.</summary>
    public bool Holds => Lines.All(line => line.Holds);

    /// <summary>The verdict, line by line.</summary>
    public IReadOnlyList<(string Text, bool Holds)> Lines =>
    [
        Growth("client heap", First.Client.HeapBytes, Last.Client.HeapBytes, HeapLimit),
        Growth("server heap", First.Server.HeapBytes, Last.Server.HeapBytes, HeapLimit),
        Growth("client working set", First.Client.WorkingSetBytes, Last.Client.WorkingSetBytes, WorkingSetLimit),
        Growth("server working set", First.Server.WorkingSetBytes, Last.Server.WorkingSetBytes, WorkingSetLimit),
        Time(),
        Connections(),
    ];

    /// <summary>The samples as a table, with the verdict below.</summary>
    public override string ToString()
    {
        var table = MarkdownTable.Render<MemorySample>(
        [
            new("requests", sample => sample.Requests.ToString("N0", CultureInfo.InvariantCulture)),
            new("client heap MiB", sample => Mebibytes(sample.Client.HeapBytes)),
            new("client working set MiB", sample => Mebibytes(sample.Client.WorkingSetBytes)),
            new("server heap MiB", sample => Mebibytes(sample.Server.HeapBytes)),
            new("server working set MiB", sample => Mebibytes(sample.Server.WorkingSetBytes)),
            new("us/request", sample => (sample.RequestSeconds * 1e6).ToString("0.0", CultureInfo.InvariantCulture)),
        ], run.Samples);
        return string.Create(CultureInfo.InvariantCulture,
            $"{run.TargetId} shared, after a warm-up of {run.WarmupRequests:N0} requests\n\n{table}\n{string.Join('\n', Lines.Select(line => line.Text))}\n");
    }

    private static (string Text, bool Holds) Growth(string name, long from, long to, long limit)
    {
        var grown = to - from;
        return Line(name, $"{Signed(grown)} MiB, limit +{limit / Mebibyte} MiB", grown <= limit);
    }

    // Against the fastest of the earlier looks: the first one may still meet a compiler at work, which hides a growth.
    private (string Text, bool Holds) Time()
    {
        if (Last.Requests < FewestForTime)
        {
            return Line("time per request", $"not judged below {FewestForTime.ToString("N0", CultureInfo.InvariantCulture)} requests", holds: null);
        }

        var growth = Last.RequestSeconds / run.Samples.SkipLast(1).Min(sample => sample.RequestSeconds) - 1;
        return Line("time per request", string.Create(CultureInfo.InvariantCulture, $"{growth:+0%;-0%;0%}, limit +{TimeLimit:0%}"), growth <= TimeLimit);
    }

    private (string Text, bool Holds) Connections() => Line(
        "connections",
        string.Create(CultureInfo.InvariantCulture, $"{run.OtherBlocks} blocks not over the open one alone, {run.ServerRequests:N0} of {Last.Requests:N0} requests counted at the server"),
        run.OtherBlocks == 0 && run.ServerRequests == Last.Requests);

    private static (string Text, bool Holds) Line(string name, string finding, bool? holds) =>
        ($"{name,-18} {finding}{holds switch { true => ": ok", false => ": beyond the limit", null => string.Empty }}", holds ?? true);

    private static string Mebibytes(long bytes) => ((double)bytes / Mebibyte).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Signed(long bytes) => ((double)bytes / Mebibyte).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
