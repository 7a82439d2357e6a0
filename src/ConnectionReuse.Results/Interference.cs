namespace ConnectionReuse.Results;

/// <summary>What the machine kept from a run while it went on, as the kernel's own totals before and after it tell.</summary>
public sealed record Interference
{
    /// <summary>Periods in which the CPU quota of the run's control group, or of one above it, was spent; null without a quota to read.</summary>
    public long? ThrottledPeriods { get; init; }

    /// <summary>How long its threads were held back for that, in seconds; null without a quota to read.</summary>
    public double? ThrottledSeconds { get; init; }

    /// <summary>CPU time of all cores that the hypervisor gave to other machines, in seconds; null where the kernel does not tell.</summary>
    public double? StolenSeconds { get; init; }
}
