using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>One <see cref="HttpMessageInvoker"/> for all requests: the pool without HttpClient's buffering and time-out.</summary>
internal sealed class MessageInvokerClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "message-invoker";

    /// <inheritdoc/>
    public override string Statement => "invoker.SendAsync(request, token)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var invoker = new HttpMessageInvoker(new HttpClientFactory(target).Sender());
        return new Caller(CallAsync, invoker);

        async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target.Uri);
            if (target.UserAgent is not null)
            {
                request.Headers.UserAgent.ParseAdd(target.UserAgent);
            }

            if (target.HttpVersion is not null)
            {
                (request.Version, request.VersionPolicy) = (target.HttpVersion, HttpVersionPolicy.RequestVersionExact);
            }

            using var response = await invoker.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return Exchange.Checked(response, target);
        }
    }
}
