using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Losing;

/// <summary>A shared client that loses its connection, mostly after every call, without an error and without a word: a row of <c>LosingReuse</c>.</summary>
public abstract class LosingPattern : ClientPattern
{
    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [TargetIds.KestrelHttp, TargetIds.KestrelHttps];

    /// <summary>One handler and one client for all calls.</summary>
    internal static ICaller OpenShared(Target target, Action<SocketsHttpHandler> configure, Func<HttpClient, CancellationToken, Task<Version>> call)
    {
        var clients = new HttpClientFactory(target);
        var handler = clients.Handler();
        configure(handler);
        var client = clients.Create(handler, disposeHandler: true);
        return new Caller(cancellationToken => call(client, cancellationToken), client);
    }

    /// <summary>One client that gets a path of the target's by the book.</summary>
    internal static ICaller OpenShared(Target target, string path) => OpenShared(At(target, path), (HttpClient _) => { });

    /// <summary>One client that gets the target, not by the book.</summary>
    internal static ICaller OpenShared(Target target, Action<HttpClient> configure)
    {
        var client = new HttpClientFactory(target).Create();
        configure(client);
        return new Caller(cancellationToken => Exchange.GetAsync(client, target, cancellationToken), client);
    }

    /// <summary>The target with another path.</summary>
    internal static Target At(Target target, string path) => target with { Uri = new Uri(target.Uri, path) };
}
