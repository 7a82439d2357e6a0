using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Gate;

/// <summary>A row that the gate times and counts.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Client">The client pattern's id.</param>
public sealed record GateKey(string Target, string Client)
{
    /// <summary>The rows of the gate: the controls, because nothing of somebody else's dilutes them.</summary>
    public static IReadOnlyList<GateKey> All { get; } =
    [
        .. from target in (string[])[TargetIds.KestrelHttp, TargetIds.KestrelHttps]
           from client in (string[])["fresh", "shared"]
           select new GateKey(target, client),
    ];

    /// <summary>The client pattern.</summary>
    public ClientPattern Pattern => ClientPatterns.All[Client];

    /// <summary>The name, such as <c>kestrel-http fresh</c>.</summary>
    public override string ToString() => $"{Target} {Client}";
}
