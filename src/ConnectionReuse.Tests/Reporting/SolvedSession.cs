using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Results;

namespace ConnectionReuse.Tests.Reporting;

/// <summary>What the published totals of the documented session mean by the model.</summary>
internal static class SolvedSession
{
    public const double FreshSeconds = 52.74904417991638;
    public const double SharedSeconds = 15.770191192626953;

    private const int Calls = 100;
    private const int ExtraRoundTrips = 3; // TCP, and TLS 1.2 in full

    /// <summary>
    /// n x ((k + 1) x RTT + S) = fresh and n x (RTT + S) + k x RTT = shared, the reusing one with its connect as the session measured it,
    /// hence RTT = (fresh - shared) / (k x (n - 1)).
    /// </summary>
    public static ModelFigures Figures { get; } = LimitModel.Of(
        FreshSeconds / Calls, (FreshSeconds / Calls) - ((FreshSeconds - SharedSeconds) / (Calls - 1)), ExtraRoundTrips);
}
