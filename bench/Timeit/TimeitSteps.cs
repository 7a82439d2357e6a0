using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>The steps of a plan and what each takes as a rule: what is left of a run is worked out from them.</summary>
internal static class TimeitSteps
{
    private const string Turning = "turn";
    private const string Listening = "listen";

    // Rules of thumb, on two cores: what a step takes before any like it was seen.
    private const double StartSeconds = 1.6;
    private const double StartSecondsOfALink = 1;
    private const double WarmUpSeconds = 4;
    private const double WarmUpSecondsOfWireMock = 0.8; // the server compiles more
    private const double WarmUpSecondsOfFresh = 0.4;
    private const double WarmUpSecondsOfFreshTls = 1.9;
    private const double WarmUpSecondsOfShared = 0.2;
    private const double BlockSeconds = 0.01;
    private const double FreshSeconds = 0.45e-3;
    private const double FreshSecondsOfTls = 1.9e-3;
    private const double SharedSeconds = 0.115e-3;
    private const double WaitSecondsOfATrip = 1.5e-3; // beyond the round trip
    private const double RealRoundTripSeconds = 0.05;
    private const double ListenSeconds = 0.05;
    private const int TimesListenedTo = 6; // blocks of calls on loopback, half of them to warm up

    /// <summary>Servers and processes start.</summary>
    public static StepKind Start(TimeitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new StepKind("start", "", StartSeconds + (plan.Targets.Any(target => target.RoundTripTime > TimeSpan.Zero) ? StartSecondsOfALink : 0));
    }

    /// <summary>All processes warm up for a target, side by side; for the first one they compile what all have in common.</summary>
    public static StepKind WarmUp(TimeitPlan plan, TimeitTarget target)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        var opening = IsTls(target) ? WarmUpSecondsOfFreshTls : WarmUpSecondsOfFresh;
        var common = target != plan.Targets[0] ? 0 : target.Id is TargetIds.WireMockHttp or TargetIds.WireMockHttps ? WarmUpSeconds + WarmUpSecondsOfWireMock : WarmUpSeconds;
        return new StepKind("warm", target.Name, common + target.Clients.Sum(client => ClientPatterns.All[client].Reuses ? WarmUpSecondsOfShared : opening));
    }

    /// <summary>Every step of a plan.</summary>
    public static IEnumerable<(StepKind Kind, int Count)> Of(TimeitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        yield return (Start(plan), 1);
        foreach (var target in plan.Targets)
        {
            yield return (WarmUp(plan, target), 1);
            foreach (var client in target.Clients)
            {
                yield return (Turn(plan, target, client), plan.Turns);
                if (plan.Phases && !ClientPatterns.All[client].TlsOnly)
                {
                    yield return (Phases(plan, target, client), 1);
                }
            }
        }
    }

    /// <summary>A turn of a client.</summary>
    public static StepKind Turn(TimeitPlan plan, TimeitTarget target, string client)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        var pattern = ClientPatterns.All[client];
        var blocks = plan.BlocksOfATurn(target, pattern);
        var calls = blocks * (plan.LeadOf(target) + plan.Requests);
        return new StepKind(Turning, $"{target.Name} {client}", (blocks * BlockSeconds) + (calls * CallSeconds(target, pattern)), calls * WaitSeconds(target, pattern));
    }

    /// <summary>A client's calls that are listened to.</summary>
    public static StepKind Phases(TimeitPlan plan, TimeitTarget target, string client)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        var calls = target.IsNear ? TimesListenedTo * TimeitTurns.PhaseCallsOnLoopback : Math.Min(TimeitTurns.PhaseCallsOverNetwork, plan.Requests) + 1;
        return new StepKind(Listening, $"{target.Name} {client}", ListenSeconds + (calls * CallSeconds(target, ClientPatterns.All[client])), calls * WaitSeconds(target, ClientPatterns.All[client]));
    }

    /// <summary>Whether a step is one of a target's turns or what follows them.</summary>
    public static bool IsOf(StepKind step, TimeitTarget target)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(target);
        return step.Name.StartsWith($"{target.Name} ", StringComparison.Ordinal);
    }

    private static double CallSeconds(TimeitTarget target, ClientPattern pattern) =>
        pattern.Reuses ? SharedSeconds : IsTls(target) ? FreshSecondsOfTls : FreshSeconds;

    private static double WaitSeconds(TimeitTarget target, ClientPattern pattern) =>
        TripSeconds(target) * (pattern.Reuses ? 1 : IsTls(target) ? 3 : 2);

    private static double TripSeconds(TimeitTarget target) => target.Server is null ? RealRoundTripSeconds
        : target.Network is { } network ? network.Time.TotalSeconds
        : target.RoundTripTime > TimeSpan.Zero ? target.RoundTripTime.TotalSeconds + WaitSecondsOfATrip : 0;

    private static bool IsTls(TimeitTarget target) => target.Url.Scheme == Uri.UriSchemeHttps;
}
