using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Reporting;

namespace ConnectionReuse.Tests.Pages;

/// <summary>Result files for the page.</summary>
internal static class SamplePages
{
    public const string Hostile = "a|b `c` <script>window.obeyed=1</script> <img src=x onerror=window.obeyed=1> </script> \" onload=\"x ' end";

    /// <summary>The result files of all published reports.</summary>
    public static IEnumerable<string> Published => Directory.EnumerateFiles(Golden.Repository("results/published"), ResultFiles.Name, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>The newest published report's.</summary>
    public static string Newest => Published.MaxBy(path => ResultFiles.Read(path).Start)!;

    /// <summary>Everything that a page can show, single calls and first calls included.</summary>
    public static ResultFile Everything() => WithCalls(SampleMeasurements.Everything());

    /// <summary>A file with the distribution of single calls and the first calls of its processes, made up from its samples.</summary>
    public static ResultFile WithCalls(ResultFile file) => file with
    {
        Rows =
        [
            .. file.Rows.Select(row => !row.HasTimes() ? row : row with
            {
                CallTimes = CallTimes.Of(row.Launches.SelectMany(launch => launch.IterationSeconds).SelectMany(seconds => Enumerable.Range(1, 20).Select(step => seconds / row.Requests * (0.8 + 0.4 / step)))),
                Launches = [.. row.Launches.Select(launch => launch with { FirstCallSeconds = 0.05 + launch.Round * 0.001 })],
            }),
        ],
    };

    /// <summary>A file whose every text wants to be something else.</summary>
    public static ResultFile OfHostileTexts()
    {
        var fresh = SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1);
        return SampleRuns.Run(
            fresh with { Phases = SampleRuns.FreshPhases, Declared = fresh.Declared with { Statement = Hostile, Remedy = Hostile } },
            SampleRuns.Row(TargetIds.KestrelHttp, "shared", 0.2),
            SampleRuns.Row(TargetIds.KestrelHttp, Hostile, 2) with { Phases = SampleRuns.SharedPhases },
            SampleRuns.Empty(TargetIds.KestrelHttp, "fresh-full", RowStatus.Failed, Hostile),
            SampleRuns.Row(TargetIds.Real, "fresh", 100) with { Url = $"https://example.org/{Hostile}", Parameters = new RowParameters { Url = $"https://example.org/{Hostile}" } },
            fresh with { Parameters = new RowParameters { Class = Hostile, Case = Hostile } }) with
        {
            Environment = SampleRuns.Environment with { Cpu = Hostile, Runtime = Hostile, Placement = Hostile },
            Runs = [SampleRuns.Comparison with { CommandLine = Hostile }],
        };
    }
}
