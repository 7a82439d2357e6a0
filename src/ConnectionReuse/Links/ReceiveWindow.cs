namespace ConnectionReuse.Links;

/// <summary>
/// What the receiver of one direction lets be in flight, as Linux 6.18 with its default buffers (<c>tcp_rmem</c> 128 kB)
/// was seen to advertise it: 55 segments until the sender has filled them, then two bytes more for each byte that arrives
/// (<c>tcp_grow_window</c>: two segments for each one, within what auto-tuning of the buffer allows).
/// </summary>
internal sealed class ReceiveWindow
{
    /// <summary>The window before auto-tuning.</summary>
    public const int FirstBytes = 55 * SendWindow.SegmentBytes;

    private TimeSpan? _opens;

    /// <summary>Bytes that may be in flight.</summary>
    public int Bytes { get; private set; } = FirstBytes;

    /// <summary>The sender has filled the window.</summary>
    /// <param name="heard">When the acknowledgement of what leaves now is back: from then on the window opens.</param>
    public void Fill(TimeSpan heard) => _opens ??= heard;

    /// <summary>An acknowledgement is back.</summary>
    /// <param name="bytes">Of how many bytes.</param>
    /// <param name="at">When.</param>
    public void Acknowledge(int bytes, TimeSpan at)
    {
        if (at >= _opens)
        {
            Bytes = (int)Math.Min(Bytes + (2L * bytes), SendWindow.LargestBytes);
        }
    }
}
