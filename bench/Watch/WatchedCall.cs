namespace ConnectionReuse.Bench.Watch;

/// <summary>A call that is under way, or the last one of a connection.</summary>
/// <param name="origin">Whom it goes to.</param>
/// <param name="since">When it began.</param>
internal sealed class WatchedCall(Origin origin, TimeSpan since)
{
    /// <summary>Whom it goes to: after a redirect, the new one.</summary>
    public Origin Origin { get; private set; } = origin;

    /// <summary>When it began, or began anew with a redirect.</summary>
    public TimeSpan Since { get; private set; } = since;

    /// <summary>The connection that carries it; null before one does.</summary>
    public WatchedConnection? Carrier { get; set; }

    /// <summary>Whether its client read the content before it handed out the response.</summary>
    public bool IsBuffered { get; set; }

    /// <summary>Whether it failed or was cancelled.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Sends it elsewhere.</summary>
    public void Redirect(Origin target, TimeSpan at)
    {
        (Origin, Since, Carrier) = (target, at, null);
    }
}
