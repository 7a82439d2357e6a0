using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>A new <see cref="HttpClient"/> for each request, disposed; over TLS .NET resumes the earlier session.</summary>
internal sealed class FreshClient : ClientPattern
{
    /// <inheritdoc/>
    public override string Id => ClientIds.Fresh;

    /// <inheritdoc/>
    public override string Statement => "new HttpClient().GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.ClientPerCall);

    /// <inheritdoc/>
    public override string Floor => "floor-fresh";

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(new HttpClientFactory(target));

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
