using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Diagnosis;

/// <summary>From the calls and the connections that carried them to the verdict: each change of connection has its cause, and the most frequent one is told.</summary>
internal static class ReuseCauses
{
    /// <summary>The verdict; null where there were not two answers.</summary>
    public static ReuseVerdict? VerdictOf(IReadOnlyList<ObservedCall> calls, IReadOnlyList<Run> runs)
    {
        var answered = calls.Count(call => call.Answer is not null);
        if (answered < 2 && !calls.Any(call => call.Cancelled))
        {
            return null; // one answer shows nothing of reuse
        }

        var requests = Math.Max(answered, runs.Sum(run => run.Calls.Count));
        if (runs.Count <= 1)
        {
            return new ReuseVerdict(requests, runs.Count, ReuseCause.None, CauseTexts.Of(ReuseCause.None).Filled(("n", Number(requests))));
        }

        var changes = runs.Zip(runs.Skip(1), (left, next) => ConnectionChange.Of(left, next, runs)).ToArray();
        var (cause, evidence) = changes.GroupBy(change => change.Cause).MaxBy(same => same.Count())!.First();
        return new ReuseVerdict(requests, runs.Select(run => run.Connection).Distinct().Count(), cause, PlainText.OneLine(evidence), CauseTexts.Of(cause).Remedy);
    }

    /// <summary>Requests after which connections were closed, where that is what ends them; null else.</summary>
    public static int? CapOf(IReadOnlyList<Run> runs) =>
        runs.Zip(runs.Skip(1), (left, next) => (left.Calls.Count, ConnectionChange.Of(left, next, runs).Cause))
            .Where(change => change.Cause is ReuseCause.RequestCap or ReuseCause.KeepAliveMax or ReuseCause.GoAway)
            .Select(change => (int?)change.Count)
            .FirstOrDefault();

    /// <summary>A number in the text of a verdict.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
