using System.Net;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Losing;

/// <summary>The client asks for <c>Connection: close</c>.</summary>
internal sealed class ClientCloses : LosingPattern
{
    /// <inheritdoc/>
    public override string Id => "client-closes";

    /// <inheritdoc/>
    public override string Statement => "client.DefaultRequestHeaders.ConnectionClose = true";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.ClientSaysClose);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => OpenShared(target, client => client.DefaultRequestHeaders.ConnectionClose = true);
}

/// <summary>The server answers with <c>Connection: close</c>.</summary>
internal sealed class ServerCloses : LosingPattern
{
    /// <inheritdoc/>
    public override string Id => "server-closes";

    /// <inheritdoc/>
    public override string Statement => "client.GetAsync(url) // Connection: close in every response";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.ServerSaysClose);

    /// <inheritdoc/>
    public override bool OwnServersOnly => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => OpenShared(target, LosingPaths.Close);
}

/// <summary>HTTP/1.0, which closes after every response.</summary>
internal sealed class Http10 : LosingPattern
{
    /// <inheritdoc/>
    public override string Id => "http-10";

    /// <inheritdoc/>
    public override string Statement => "client.DefaultRequestVersion = HttpVersion.Version10";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.Http10);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => OpenShared(target, client => client.DefaultRequestVersion = HttpVersion.Version10);
}

/// <summary>A server that closes a connection after some requests.</summary>
internal sealed class ServerCapsRequests : LosingPattern
{
    /// <inheritdoc/>
    public override string Id => "server-caps-requests";

    /// <inheritdoc/>
    public override string Statement => $"client.GetAsync(url) // the server closes after {LosingPaths.RequestCap} requests";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.RequestCap);

    /// <inheritdoc/>
    public override int PrimingCalls => LosingPaths.RequestCap;

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => (asked + LosingPaths.RequestCap - 1) / LosingPaths.RequestCap * LosingPaths.RequestCap;

    /// <inheritdoc/>
    public override ConnectionExpectation Expect(int requests) => new(requests / LosingPaths.RequestCap, requests / LosingPaths.RequestCap);

    /// <inheritdoc/>
    public override bool OwnServersOnly => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => OpenShared(target, LosingPaths.Cap);
}
