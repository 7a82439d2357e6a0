using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Diagnosis;

/// <summary>
/// Finds out by a few calls whether a target's connections are reused, and if not, who ends them and why. No time of it is
/// a measurement: calls are watched, and some are followed by a wait in which the other end may close.
/// </summary>
internal static class ReuseDiagnosis
{
    /// <summary>Calls one right after another before any is followed by a wait.</summary>
    private const int Burst = 6;

    /// <summary>Calls after which the other end is given time to close.</summary>
    private const int Settled = 6;

    /// <summary>The status by which a server asks to be left alone.</summary>
    public const int TooManyRequests = 429;

    private const int MostFailures = 5;

    /// <summary>The most requests that a diagnosis makes: its calls, two around an idle time, one for a second handshake.</summary>
    public static int MostRequests(DiagnosisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.MostCalls + (options.Idle is null ? 0 : 2) + (options.Resumption ? 1 : 0);
    }

    /// <summary>Runs the diagnosis.</summary>
    /// <param name="target">Whom to call.</param>
    /// <param name="options">How.</param>
    /// <param name="time">Gives the timestamps and today's date.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<DiagnosisReport> RunAsync(Target target, DiagnosisOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var pattern = options.Client ?? new SharedClient();
        IReadOnlyList<ObservedCall> calls;
        IdleFacts? idle = null;
        await using var watched = new WatchedCalls(pattern, target, options, time);
        await CallAsync(watched, pattern, options, cancellationToken);
        calls = [.. watched.Calls];
        if (options.Idle is { } most && IdleSearch.IsPossible(calls))
        {
            idle = await IdleSearch.RunAsync(watched, most, time, cancellationToken);
        }

        var asked = await AskedForCertificateAsync(watched, target, cancellationToken);
        var (resumed, further) = await ResumptionAsync(watched, target, options, time, cancellationToken);
        foreach (var connection in watched.Connections)
        {
            connection.Leave();
        }

        return DiagnosisFacts.Of(target, pattern, watched, calls, idle, asked, resumed, time) with { Requests = watched.Calls.Count + further };
    }

    // Behind a proxy's tunnel and over QUIC it is not looked for.
    private static async Task<bool?> AskedForCertificateAsync(WatchedCalls watched, Target target, CancellationToken cancellationToken) =>
        target is { IsTls: true, IsQuic: false } && watched.Connections is [{ Proxy: null, Remote: { } server }, ..] && watched.Calls[^1].Answer is not { Status: TooManyRequests }
            ? await CertificateDemand.IsMadeAsync(target, server, cancellationToken)
            : null;

    private static async Task CallAsync(WatchedCalls watched, ClientPattern pattern, DiagnosisOptions options, CancellationToken cancellationToken)
    {
        var pause = options.Pause > pattern.Pause ? options.Pause : pattern.Pause;
        var planned = Math.Clamp(pattern.RequestsFor(options.Calls), Math.Min(2, options.MostCalls), options.MostCalls);
        for (var made = 0; made < planned; made++)
        {
            if (made > 0)
            {
                await Settling.WatchAsync(watched.Calls[^1].Connection, pause, cancellationToken);
            }

            var call = await watched.CallAsync(cancellationToken);
            if (IsEnough(watched.Calls, planned))
            {
                return;
            }

            // A call that runs into a connection that is being closed fails: from then on each close is waited for.
            if (pause == TimeSpan.Zero && (made is >= Burst - 1 and < Burst + Settled || watched.Calls.Any(each => each.Failure is not null)))
            {
                await Settling.WaitAsync(call.Connection, cancellationToken);
            }

            if (made == planned - 1 && NeedsMore(watched.Calls))
            {
                planned = options.MostCalls;
            }
        }
    }

    private static bool IsEnough(IReadOnlyList<ObservedCall> calls, int planned) =>
        calls is [{ Answer: null, Cancelled: false }] // unreachable
        || calls[^1].Answer is { Status: TooManyRequests } // it asks to be left alone
        || calls.Count(call => call is { Answer: null, Cancelled: false }) >= MostFailures
        || (calls.Count >= Math.Min(Burst + Settled, planned) && Runs.Of(calls) is var runs && runs.All(run => run.Calls.Count == 1) && runs.Count >= Math.Min(Burst, planned)); // each on its own

    // A connection that was closed once after some calls: a cap closes after so many again.
    private static bool NeedsMore(IReadOnlyList<ObservedCall> calls)
    {
        var runs = Runs.Of(calls);
        return runs.Count == 2 && runs[0].Calls.Count > 1;
    }

    // How often it called for that besides.
    private static async Task<(bool? Resumed, int Calls)> ResumptionAsync(WatchedCalls watched, Target target, DiagnosisOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var handshakes = watched.Connections.Where(connection => connection.Tls is not null).Select(connection => connection.Handshake).ToArray();
        if (handshakes.Length > 1)
        {
            return (handshakes.Skip(1).Any(IsResumed), 0);
        }

        if (handshakes.Length == 0 || !options.Resumption || watched.Calls[^1].Answer is null or { Status: TooManyRequests })
        {
            return (null, 0);
        }

        await using var second = new WatchedCalls(new SharedClient(), target, options, time);
        await second.CallAsync(cancellationToken);
        return (second.Connections.Any(connection => connection.Tls is not null) ? second.Connections.Any(connection => IsResumed(connection.Handshake)) : null, 1);

        static bool IsResumed(TlsHandshakeKind kind) => kind == TlsHandshakeKind.Resumed;
    }
}
