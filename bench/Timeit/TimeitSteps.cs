using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>The steps of a plan and what each takes as a rule: what is left of a run is worked out from them.</summary>
internal static class TimeitSteps
{
    private const string Turning = "turn";
    private const string Listening = "listen";

    // Rules of thumb for a step that no other has told of yet, on two cores.
    private const double StartSeconds = 0.8;
    private const double WarmUpSeconds = 2.6;
    private const double WarmUpSecondsOfARow = 0.3;
    private const double FreshSeconds = 0.145e-3;
    private const double FreshSecondsOfTls = 0.52e-3;
    private const double SharedSeconds = 0.053e-3;
    private const double RealRoundTripSeconds = 0.05;
    private const int TimesListenedTo = 6; // blocks of calls on loopback, half of them to warm up

    /// <summary>Servers and processes start.</summary>
    public static StepKind Start { get; } = new("start", "", StartSeconds);

    /// <summary>All processes warm up side by side.</summary>
    public static StepKind WarmUp(TimeitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new StepKind("warm", "", WarmUpSeconds + (WarmUpSecondsOfARow * plan.Targets.Sum(target => target.Clients.Count)));
    }

    /// <summary>Every step of a plan.</summary>
    public static IEnumerable<(StepKind Kind, int Count)> Of(TimeitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        yield return (Start, 1);
        yield return (WarmUp(plan), 1);
        foreach (var target in plan.Targets)
        {
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
        var calls = plan.BlocksOfATurn(target, pattern) * (plan.LeadOf(target) + plan.Requests);
        return new StepKind(Turning, $"{target.Name} {client}", calls * CallSeconds(target, pattern), calls * WaitSeconds(target, pattern));
    }

    /// <summary>A client's calls that are listened to.</summary>
    public static StepKind Phases(TimeitPlan plan, TimeitTarget target, string client)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        var calls = target.IsNear ? TimesListenedTo * TimeitTurns.PhaseCallsOnLoopback : Math.Min(TimeitTurns.PhaseCallsOverNetwork, plan.Requests) + 1;
        return new StepKind(Listening, $"{target.Name} {client}", calls * CallSeconds(target, ClientPatterns.All[client]), calls * WaitSeconds(target, ClientPatterns.All[client]));
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
        (target.Server is null ? RealRoundTripSeconds : target.RoundTripTime.TotalSeconds) * (pattern.Reuses ? 1 : IsTls(target) ? 3 : 2);

    private static bool IsTls(TimeitTarget target) => target.Url.Scheme == Uri.UriSchemeHttps;
}
