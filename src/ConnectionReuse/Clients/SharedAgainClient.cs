using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>The shared client under another name: a comparison that finds a difference between the two is wrong.</summary>
internal sealed class SharedAgainClient : ClientPattern
{
    private readonly SharedClient _shared = new();

    /// <inheritdoc/>
    public override string Id => "shared-again";

    /// <inheritdoc/>
    public override string Statement => _shared.Statement;

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override string Reference => _shared.Id;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [TargetIds.KestrelHttp, TargetIds.KestrelHttps];

    /// <inheritdoc/>
    public override ICaller Open(Target target) => _shared.Open(target);
}
