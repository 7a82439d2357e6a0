using ConnectionReuse.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary><see cref="IHttpClientFactory"/> with a named client: a new client each time over a handler that lives two minutes.</summary>
internal sealed class FactoryNamedClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "factory-named";

    /// <inheritdoc/>
    public override string Statement => "factory.CreateClient(\"api\").GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => Factory.Open(target, handlerLifetime: null);
}

/// <summary><see cref="IHttpClientFactory"/> with a typed client: a service that gets its client by its constructor.</summary>
internal sealed class FactoryTypedClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "factory-typed";

    /// <inheritdoc/>
    public override string Statement => "services.GetRequiredService<Api>().GetAsync()";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var services = Factory.Services(target, handlerLifetime: null);
        return new Caller(cancellationToken => Exchange.GetAsync(services.GetRequiredService<Api>().Client, target, cancellationToken), services);
    }
}

/// <summary><see cref="IHttpClientFactory"/> whose handlers live one second, called less often than that.</summary>
internal sealed class FactoryShortLifetimeClient : LifetimePattern
{
    // HttpClientFactoryOptions.HandlerLifetime takes nothing shorter.
    private static readonly TimeSpan HandlerLifetime = TimeSpan.FromSeconds(1);

    private const int MostRequests = 3;

    /// <inheritdoc/>
    public override string Id => "factory-short-lifetime";

    /// <inheritdoc/>
    public override string Statement => "SetHandlerLifetime(1 s); Delay(1.5 s); factory.CreateClient(\"api\").GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Advice => "leave HandlerLifetime at 2 minutes, or longer than the gap between calls: it bounds the age of a DNS answer, not of a call";

    /// <inheritdoc/>
    public override TimeSpan Pause => 1.5 * HandlerLifetime;

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => Math.Min(asked, MostRequests);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => Factory.Open(target, HandlerLifetime);
}

internal sealed class Api(HttpClient client)
{
    public HttpClient Client => client;
}

internal static class Factory
{
    private const string Name = "api";

    public static ServiceProvider Services(Target target, TimeSpan? handlerLifetime)
    {
        var clients = new HttpClientFactory(target);
        var services = new ServiceCollection();
        foreach (var builder in (IHttpClientBuilder[])[services.AddHttpClient(Name), services.AddHttpClient<Api>()])
        {
            builder.ConfigurePrimaryHttpMessageHandler(clients.Sender).ConfigureHttpClient(client => clients.Prepare(client));
            if (handlerLifetime is { } lifetime)
            {
                builder.SetHandlerLifetime(lifetime);
            }
        }

        return services.BuildServiceProvider();
    }

    public static ICaller Open(Target target, TimeSpan? handlerLifetime)
    {
        var services = Services(target, handlerLifetime);
        var factory = services.GetRequiredService<IHttpClientFactory>();
        return new Caller(cancellationToken => Exchange.GetAsync(factory.CreateClient(Name), target, cancellationToken), services);
    }
}
