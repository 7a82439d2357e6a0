using ConnectionReuse.Results;

namespace ConnectionReuse.Phases;

/// <summary>Where the time of a client pattern's calls went, out of the blocks that were listened to.</summary>
internal static class PhaseTimesOfBlocks
{
    /// <summary>The means of the block whose calls took neither shortest nor longest.</summary>
    /// <param name="blocks">All blocks of one client pattern to one target.</param>
    /// <exception cref="ArgumentException">There is no block.</exception>
    public static PhaseTimes Of(IReadOnlyCollection<PhaseBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (blocks.Count == 0)
        {
            throw new ArgumentException("phases need at least one block", nameof(blocks));
        }

        var (calls, seconds, moved) = blocks.OrderBy(block => block.MeasuredSeconds / block.Calls.Count).ElementAt((blocks.Count - 1) / 2);
        return new PhaseTimes
        {
            Blocks = blocks.Count,
            Calls = calls.Count,
            DnsSeconds = calls.Average(call => call.Dns),
            ConnectSeconds = calls.Average(call => call.Connect),
            TlsSeconds = calls.Average(call => call.Tls),
            FirstByteSeconds = calls.Average(call => call.FirstByte),
            BodySeconds = calls.Average(call => call.Body),
            ClientSeconds = calls.Average(call => call.Client),
            MeasuredSeconds = seconds / calls.Count,
            Disagreement = blocks.Max(block => block.Disagreement),
            EmulatedConnectSeconds = moved > TimeSpan.Zero && calls.Any(call => call.Opened > 0) ? moved.TotalSeconds : null,
        };
    }
}
