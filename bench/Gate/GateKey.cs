using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Gate;

/// <summary>A row that the gate times and counts.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Client">The client pattern's id.</param>
public sealed record GateKey(string Target, string Client)
{
    /// <summary>The rows of a gate that is asked for no client.</summary>
    public static IReadOnlyList<GateKey> Default { get; } = Of(["fresh", "shared"]);

    /// <summary>The rows for some clients, by their patterns' ids: against the controls, because nothing of somebody else's dilutes them.</summary>
    public static IReadOnlyList<GateKey> Of(IEnumerable<string> clients) =>
    [
        .. from target in (string[])[TargetIds.KestrelHttp, TargetIds.KestrelHttps]
           from client in clients
           select new GateKey(target, client),
    ];

    /// <summary>The client pattern.</summary>
    public ClientPattern Pattern => ClientPatterns.All[Client];

    /// <summary>The name, such as <c>kestrel-http fresh</c>.</summary>
    public override string ToString() => $"{Target} {Client}";
}
