using System.Globalization;
using ConnectionReuse.Results;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Charts;

/// <summary>Rows of every kind that a full report shows, with made-up times.</summary>
internal static class SampleMeasurements
{
    /// <summary>The comparison on local servers, phases included.</summary>
    public static IReadOnlyList<ResultRow> Local() =>
    [
        .. WireMockHttp(),
        .. KestrelHttps().Select(row => row.Client switch
        {
            "fresh" => row with { Phases = FreshPhases },
            "shared" => row with { Phases = SharedPhases },
            _ => row,
        }),
    ];

    /// <summary>Fresh and shared calls over links of several round trips; one link did not work.</summary>
    public static IReadOnlyList<ResultRow> OverLinks() =>
    [
        .. from target in (string[])[TargetIds.KestrelHttp, TargetIds.KestrelHttps]
           from rtt in (double[])[1, 10, 50, 200]
           let extra = target == TargetIds.KestrelHttp ? 1 : 2
           from row in (ResultRow[])[Row(target, "fresh", (1 + extra) * rtt + 0.9 * extra, 0.3), Row(target, "shared", rtt + 0.4, 0.2)]
           select Over(row, rtt),
        Over(Empty(TargetIds.KestrelHttp, "fresh", RowStatus.Failed, "the relay lost a connection"), 500),
        Over(Empty(TargetIds.KestrelHttp, "shared", RowStatus.NotRun, "the run ended before it"), 500),
    ];

    /// <summary>Another tool over one of the links.</summary>
    public static ResultRow OtherTool() => Over(Row(TargetIds.KestrelHttps, "curl-fresh", 185), 50) is var row
        ? row with { Declared = row.Declared with { Tool = new DeclaredTool("curl", ChecksCertificates: true, TimesItself: true) } }
        : throw new InvalidOperationException();

    /// <summary>The documented session over a link of its round trip.</summary>
    public static IReadOnlyList<ResultRow> Reproduction() =>
    [
        Over(Row(TargetIds.WireMockHttps, "fresh-full", 529, 0.2) with { TlsProtocol = "1.2" }, 124.5, serverTime: 29.5),
        Over(Row(TargetIds.WireMockHttps, "shared", 155, 0.1) with { TlsProtocol = "1.2" }, 124.5, serverTime: 29.5),
    ];

    /// <summary>Clients that make more and more requests each.</summary>
    public static IReadOnlyList<ResultRow> Amortisation() =>
    [
        .. from requests in (int[])[1, 2, 5, 10, 100, 1000]
           select OfClass(Row(TargetIds.KestrelHttps, $"per-client-{requests.ToString(CultureInfo.InvariantCulture)}", 0.15 + 1.7 / requests, 0.8), "Amortisation"),
        OfClass(Row(TargetIds.KestrelHttps, "shared", 0.15, 0.7), "Amortisation"),
    ];

    /// <summary>A row of one of the classes that ask a question of their own.</summary>
    public static ResultRow OfClass(ResultRow row, string name) =>
        row with { Parameters = new RowParameters { Class = name } };

    /// <summary>Ways to lose reuse, and lifetimes, with one that is unsupported.</summary>
    public static IReadOnlyList<ResultRow> Classes() =>
    [
        OfClass(Row(TargetIds.KestrelHttp, "shared", 0.16), "LosingReuse"),
        OfClass(Row(TargetIds.KestrelHttp, "connection-close", 0.58) with { Counts = new Counts { Requests = 100, Carrying = 100, Opened = 100 } }, "LosingReuse"),
        OfClass(Empty(TargetIds.KestrelHttp, "http-1.0", RowStatus.Failed, "round 1: expected 100 connections in use; seen 1"), "LosingReuse"),
        OfClass(Row(TargetIds.KestrelHttps, "fresh", 1.87), "ClientLifetimes"),
        OfClass(Row(TargetIds.KestrelHttps, "shared", 0.1534), "ClientLifetimes"),
        OfClass(Empty(TargetIds.KestrelHttps, "flurl", RowStatus.Unsupported, "no package for this runtime"), "ClientLifetimes"),
    ];

    /// <summary>A target that did not answer.</summary>
    public static IReadOnlyList<ResultRow> Unreachable() =>
    [
        Empty(TargetIds.Real, "fresh", RowStatus.Unreachable, "the name is not known"),
        Empty(TargetIds.Real, "shared", RowStatus.Unreachable, "the name is not known"),
    ];

    /// <summary>Everything at once.</summary>
    public static ResultFile Everything() =>
        Run([.. Local(), .. Unreachable(), .. Reproduction().Select(row => row with { Run = 1 }), .. OverLinks(), OtherTool(), .. Amortisation(), .. Classes()]) is var file
            ? file with { Environment = file.Environment with { Dirty = false }, Runs = [Comparison, Comparison with { Kind = RunKind.Documented, DurationSeconds = 0 }] }
            : throw new InvalidOperationException();

    private static ResultRow Over(ResultRow row, double rtt, double serverTime = 0) => row with
    {
        Parameters = new RowParameters { Link = new ResultLink { RttMilliseconds = rtt, ServerTimeMilliseconds = serverTime } },
    };
}
