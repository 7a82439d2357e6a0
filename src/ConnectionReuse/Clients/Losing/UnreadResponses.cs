using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Losing;

/// <summary>A response whose headers were read and that nobody disposes: its connection waits for a reader that never comes.</summary>
internal sealed class UndisposedResponse : LosingPattern
{
    /// <inheritdoc/>
    public override string Id => "undisposed-response";

    /// <inheritdoc/>
    public override string Statement => "client.GetAsync(url, ResponseHeadersRead) // no using";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.ClientDrain);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => OpenShared(target, _ => { }, async (client, cancellationToken) =>
    {
        var response = await client.GetAsync(target.Uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.EnsureSuccessStatusCode().Version;
    });
}

/// <summary>A response disposed unread, smaller than <see cref="SocketsHttpHandler.MaxResponseDrainSize"/>: the handler reads the rest.</summary>
internal sealed class UnreadSmallResponse : LosingPattern
{
    private const int Bytes = 256 << 10;

    /// <inheritdoc/>
    public override string Id => "unread-below-drain-size";

    /// <inheritdoc/>
    public override string Statement => "using var response = client.GetAsync(url of 256 kB, ResponseHeadersRead) // not read";

    /// <inheritdoc/>
    public override bool Reuses => true;

    // The handler drains in the background: a call in the meantime would find the connection in use.
    /// <inheritdoc/>
    public override TimeSpan Pause => TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => Math.Min(asked, 10);

    /// <inheritdoc/>
    public override string Advice => "nothing is lost below MaxResponseDrainSize (1 MiB), unless the next call comes before the rest has been drained: read the body, or ask for HEAD";

    /// <inheritdoc/>
    public override bool OwnServersOnly => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => Unread.Open(target, Bytes);
}

/// <summary>A response disposed unread, bigger than <see cref="SocketsHttpHandler.MaxResponseDrainSize"/>: its connection is closed.</summary>
internal sealed class UnreadBigResponse : LosingPattern
{
    private const int Bytes = 2 << 20;

    /// <inheritdoc/>
    public override string Id => "unread-above-drain-size";

    /// <inheritdoc/>
    public override string Statement => "using var response = client.GetAsync(url of 2 MiB, ResponseHeadersRead) // not read";

    /// <inheritdoc/>
    public override string Advice => CauseTexts.RemedyOf(ReuseCause.ClientDrain);

    /// <inheritdoc/>
    public override bool OwnServersOnly => true;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => Unread.Open(target, Bytes);
}

internal static class Unread
{
    public static ICaller Open(Target target, int bytes)
    {
        var there = LosingPattern.At(target, $"/bytes/{bytes}") with { ExpectedLength = bytes };
        return LosingPattern.OpenShared(there, _ => { }, async (client, cancellationToken) =>
        {
            using var response = await client.GetAsync(there.Uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Exchange.Checked(response, there);
        });
    }
}
