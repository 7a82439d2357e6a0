using ConnectionReuse.Measuring;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Gate;

/// <summary>The rows that the gate times and counts.</summary>
internal static class GateRows
{
    /// <summary>The rows of a gate that is asked for no client.</summary>
    public static IReadOnlyList<StationRow> Default { get; } = Of([ClientIds.Fresh, ClientIds.Shared]);

    /// <summary>The rows for some clients, by their patterns' ids: against the controls, because nothing of somebody else's dilutes them.</summary>
    public static IReadOnlyList<StationRow> Of(IEnumerable<string> clients) =>
    [
        .. from target in (string[])[TargetIds.KestrelHttp, TargetIds.KestrelHttps]
           from client in clients
           select new StationRow(target, client),
    ];
}
