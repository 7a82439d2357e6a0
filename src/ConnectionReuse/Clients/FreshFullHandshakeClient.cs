using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>
/// A new <see cref="HttpClient"/> for each request with TLS resumption off: every handshake is a full one, as in the
/// documented Python measurement.
/// </summary>
internal sealed class FreshFullHandshakeClient : ClientPattern
{
    /// <inheritdoc/>
    public override string Id => ClientIds.FreshFull;

    /// <inheritdoc/>
    public override string Statement => "new HttpClient(full).GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override bool TlsOnly => true;

    /// <inheritdoc/>
    public override bool FullHandshakes => true;

    /// <inheritdoc/>
    public override string Floor => "floor-fresh-full";

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(new HttpClientFactory(target) { AllowTlsResume = false });

    private sealed class Caller(HttpClientFactory clients) : ICaller
    {
        public async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            using var client = clients.Create();
            return await Exchange.GetAsync(client, clients.Target, cancellationToken);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
