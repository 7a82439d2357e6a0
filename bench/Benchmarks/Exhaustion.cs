using ConnectionReuse.Clients;
using ConnectionReuse.Ports;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What does production see when the ports run out? Found out in a network namespace, once in each round, by one process that is client and server.</summary>
public class Exhaustion() : HttpComparison(TargetIds.KestrelHttp)
{
    /// <inheritdoc/>
    public override string ClassName => nameof(Exhaustion);

    /// <inheritdoc/>
    public override string NotBetweenMachines => "ports run out in a network namespace of one machine";

    /// <inheritdoc/>
    public override string? Unsupported(ClientPattern pattern) => PortNamespace.Unsupported;
}
