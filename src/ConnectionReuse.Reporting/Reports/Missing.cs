using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A part of a full report that the result file does not hold, and the command that measures it.</summary>
/// <param name="What">The part.</param>
/// <param name="Command">Measures it.</param>
internal sealed record Missing(string What, string Command)
{
    private const int FewestRoundTrips = 3; // of a curve

    // The other classes of the suite, whose tables stand under "Other questions".
    private static readonly string[] Questions = ["Protocols", "Payloads", "PayloadsOverLink", "Concurrency", "Exhaustion"];

    /// <summary>Everything that a full report has and this file has not.</summary>
    public static IReadOnlyList<Missing> In(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var parts = ReportParts.Of(file);
        (bool Has, Missing Part)[] all =
        [
            (parts.Reproduced.Count > 0, new("the documented session, reproduced over an emulated link", $"{ProgramName.Typed} timeit --documented")),
            .. TargetIds.Local.Select(target => (parts.Local.Any(group => group.Target == target), new Missing($"the comparison on {target}", $"{ProgramName.Typed} --offline"))),
            (parts.Real.Count > 0, new("the comparison on a real URL", $"{ProgramName.Typed} --filter '*RealHttps*'")),
            (file.Rows.Any(row => row.Phases is not null), new("where a call's time goes", $"{ProgramName.Typed} timeit kestrel-http kestrel-https")),
            (file.Rows.Select(row => row.Link?.RttMilliseconds).OfType<double>().Distinct().Count() >= FewestRoundTrips, new("the ratio against the round-trip time", $"{ProgramName.Typed} --offline --filter '*EmulatedLink*'")),
            (file.Rows.Any(row => row.Declared.Tool is not null), new("the same calls by other tools", $"{ProgramName.Typed} timeit kestrel-https --rtt 50ms --requests 10 --peers")),
            (parts.Amortisation.Count > 0, new("the amortisation curve", $"{ProgramName.Typed} --filter '*Amortisation*'")),
            (parts.LosingReuse.Count > 0, new("the ways to lose reuse", $"{ProgramName.Typed} --filter '*LosingReuse*'")),
            (parts.Lifetimes.Count > 0, new("clients by their lifetimes", $"{ProgramName.Typed} --filter '*ClientLifetimes*'")),
            .. Questions.Select(question => (file.Rows.Any(row => row.Parameters.Class == question), new Missing($"the class {question}", $"{ProgramName.Typed} --offline --filter '*{question}.*'"))),
        ];
        return [.. all.Where(part => !part.Has).Select(part => part.Part)];
    }
}
