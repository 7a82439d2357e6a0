using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Lifetimes;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>One <see cref="HttpMessageInvoker"/> for all requests: HttpClient without its conveniences.</summary>
public sealed class InvokerClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "invoker";

    /// <inheritdoc/>
    public override string Statement => "invoker.SendAsync(request)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(target);

    private sealed class Caller(Target target) : ICaller
    {
        private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { CertificateChainPolicy = target.Trust?.ChainPolicy() },
        });

        public async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target.Uri);
            using var response = await _invoker.SendAsync(request, cancellationToken);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
            return response.EnsureSuccessStatusCode().Version;
        }

        public ValueTask DisposeAsync()
        {
            _invoker.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
