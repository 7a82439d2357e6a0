namespace ConnectionReuse.Results;

/// <summary>The emulated link that a row's requests went over.</summary>
public sealed record ResultLink
{
    /// <summary>The delay there and back, in milliseconds.</summary>
    public required double RttMilliseconds { get; init; }

    /// <summary>What the link carries in each direction, in bits per second; null for no limit.</summary>
    public long? BandwidthBitsPerSecond { get; init; }

    /// <summary>How long the server thinks about each request, in milliseconds.</summary>
    public required double ServerTimeMilliseconds { get; init; }
}
