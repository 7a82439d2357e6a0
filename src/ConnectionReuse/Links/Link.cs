namespace ConnectionReuse.Links;

/// <summary>
/// The network between client and target, as <see cref="Relay"/> emulates it: no loss, no jitter, the same in both
/// directions, and each connection alone on it.
/// </summary>
/// <param name="RoundTripTime">The delay there and back.</param>
/// <param name="BitsPerSecond">What the link carries in each direction, headers included; null for no limit.</param>
internal sealed record Link(TimeSpan RoundTripTime, long? BitsPerSecond = null)
{
    /// <summary>IPv4 and TCP headers with a time stamp (RFC 791, RFC 9293, RFC 7323), as Linux and macOS send them, in bytes per segment.</summary>
    public const int HeaderBytes = 20 + 20 + 12;

    /// <summary>The delay in one direction.</summary>
    public TimeSpan OneWay => RoundTripTime / 2;

    /// <summary>How long the link is busy with one segment.</summary>
    /// <param name="payload">The segment's bytes without its headers.</param>
    public TimeSpan Serialisation(int payload) => BitsPerSecond is { } rate
        ? TimeSpan.FromTicks((long)Math.Round((payload + HeaderBytes) * 8d * TimeSpan.TicksPerSecond / rate))
        : TimeSpan.Zero;
}
