using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>What the machine kept from the runs of a file, as far as it matters.</summary>
/// <param name="ThrottledPeriods">Periods in which a CPU quota was spent.</param>
/// <param name="ThrottledSeconds">How long threads were held back for that.</param>
/// <param name="StolenShare">The share of the cores' time that the hypervisor gave to other machines; 0 where it is below <see cref="NoticedShare"/>.</param>
internal sealed record RunRemarks(long ThrottledPeriods, double ThrottledSeconds, double StolenShare)
{
    /// <summary>Less is never quite absent from a virtual machine.</summary>
    public const double NoticedShare = 0.01;

    /// <summary>The remarks of all runs together.</summary>
    public static RunRemarks Of(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Run[] read = [.. file.Runs.Where(run => run is { Interference: not null, DurationSeconds: > 0 })];
        var known = read.Where(run => run.Interference!.StolenSeconds is not null).ToArray();
        var share = known.Length == 0 ? 0 : known.Sum(run => run.Interference!.StolenSeconds!.Value) / known.Sum(run => run.DurationSeconds!.Value * file.Environment.LogicalCores);
        return new RunRemarks(
            read.Sum(run => run.Interference!.ThrottledPeriods ?? 0),
            read.Sum(run => run.Interference!.ThrottledSeconds ?? 0),
            share >= NoticedShare ? share : 0);
    }
}
