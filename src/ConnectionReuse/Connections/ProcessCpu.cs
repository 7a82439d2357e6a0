namespace ConnectionReuse.Connections;

/// <summary>The CPU time of this process.</summary>
internal static class ProcessCpu
{
    /// <summary>All of it so far, in user and kernel mode, of every thread. Reading it allocates nothing.</summary>
    public static long Microseconds => Environment.CpuUsage.TotalTime.Ticks / TimeSpan.TicksPerMicrosecond;
}
