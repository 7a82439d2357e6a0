namespace ConnectionReuse.Bench.Watch;

/// <summary>A connection of a watched application.</summary>
/// <param name="host">Whom it leads to.</param>
/// <param name="version">The HTTP version that it speaks.</param>
/// <param name="wasOpenBefore">Whether it was open before watching began.</param>
internal sealed class WatchedConnection(HostTally host, string version, bool wasOpenBefore)
{
    private readonly HashSet<WatchedCall> _carried = [];

    /// <summary>Whom it leads to.</summary>
    public HostTally Host => host;

    /// <summary>The HTTP version that it speaks.</summary>
    public string Version => version;

    /// <summary>Whether it was open before watching began.</summary>
    public bool WasOpenBefore => wasOpenBefore;

    /// <summary>Whether it was closed while it carried a call; how it ended shows when that call goes on.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The last call that it carried and whose beginning was seen.</summary>
    public WatchedCall? Last { get; private set; }

    /// <summary>Since when it has carried no call; null while it carries one, and where that is not known.</summary>
    public TimeSpan? IdleSince { get; private set; }

    /// <summary>Whether it carries a call.</summary>
    public bool IsBusy => _carried.Count > 0;

    /// <summary>Takes a call; null for one whose beginning was not seen, so that neither is its end.</summary>
    public void Take(WatchedCall? call)
    {
        (Last, IdleSince) = (call, null);
        if (call is not null)
        {
            _carried.Add(call);
        }
    }

    /// <summary>Gives a call up, which is over or goes elsewhere.</summary>
    public void Release(WatchedCall call, TimeSpan at)
    {
        if (_carried.Remove(call) && !IsBusy)
        {
            IdleSince = at;
        }
    }
}
