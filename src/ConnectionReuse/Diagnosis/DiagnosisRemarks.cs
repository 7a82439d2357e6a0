using System.Globalization;

namespace ConnectionReuse.Diagnosis;

/// <summary>What is worth knowing beside the verdict.</summary>
internal static class DiagnosisRemarks
{
    // .NET's PooledConnectionIdleTimeout, unless a program sets another.
    private const int DefaultIdleSeconds = 60;

    /// <summary>The remarks, a sentence each without its full stop.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<SeenAnswer> answers, int? keepAlive, IdleFacts? idle, IReadOnlyList<Run> runs, bool certificateUnmet)
    {
        foreach (var status in answers.Select(answer => answer.Status).Where(status => status is < 200 or >= 300).Distinct())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"answered {status}: the verdict holds for the connection, not for a call that succeeds");
        }

        if (certificateUnmet)
        {
            yield return "the server asks for a client certificate, and none was sent: --cert FILE sends one";
        }

        if (keepAlive is { } seconds)
        {
            yield return seconds <= 1
                ? string.Create(CultureInfo.InvariantCulture, $"Keep-Alive: timeout={seconds} is what .NET takes for a close: it keeps one second clear of what is announced")
                : string.Create(CultureInfo.InvariantCulture, $"Keep-Alive: timeout={seconds}: .NET uses an idle connection for {seconds - 1} s, one second less than announced");
        }

        if (idle is { ClosedAfterSeconds: { } closed } && closed < DefaultIdleSeconds)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the server closes an idle connection sooner than .NET does by default ({DefaultIdleSeconds} s): set PooledConnectionIdleTimeout below {closed:0.#} s");
        }

        if (idle is { CarriedNextCall: false })
        {
            yield return "the call after the idle time went to another connection, though nobody was seen to close the first: something in between may drop idle connections in silence";
        }

        if (runs.Any(run => run.Connection.End == ConnectionEnd.Unseen))
        {
            yield return "the client makes its connections where they cannot be watched: how they end is not known";
        }
    }
}
