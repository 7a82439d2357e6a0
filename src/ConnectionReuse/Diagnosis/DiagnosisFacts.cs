using ConnectionReuse.Clients;
using ConnectionReuse.Phases;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Diagnosis;

/// <summary>From what was watched to what is reported.</summary>
internal static class DiagnosisFacts
{
    /// <summary>The report.</summary>
    public static DiagnosisReport Of(
        Target target, ClientPattern pattern, WatchedCalls watched, IReadOnlyList<ObservedCall> calls, IdleFacts? idle, bool? asked, bool? resumed, TimeProvider time)
    {
        var answers = calls.Select(call => call.Answer).OfType<SeenAnswer>().ToArray();
        var (verdict, runs) = RedirectedCalls.JudgedOf(calls);
        var first = runs is [var run, ..] ? run.Connection : null;
        var keepAlive = answers.FirstOrDefault(answer => answer.KeepAliveTimeout is not null)?.KeepAliveTimeout;
        var cap = ReuseCauses.CapOf(runs);
        var unmet = asked == true && target.Request?.Certificate is null;
        return new DiagnosisReport
        {
            Url = PublicUrl.Of(target.Uri),
            Client = pattern.Id,
            Verdict = CertificateDemand.Judged(verdict, unmet, answers.Select(answer => answer.Status)),
            Failure = CertificateDemand.Told(calls.FirstOrDefault(call => call.Answer is null)?.Failure, unmet) ?? Refusal(answers),
            Requests = watched.Calls.Count,
            Statuses = [.. answers.Select(answer => answer.Status).Distinct()],
            HttpVersion = answers is [var head, ..] ? head.Version.ToString() : null,
            Addresses = first?.Tries ?? watched.FailedTries,
            Chosen = [.. runs.Select(run => run.Connection.Remote?.Address.ToString()).OfType<string>().Distinct()],
            Connections = [.. runs.Select(FactsOf)],
            Tls = first?.Tls is null ? null : TlsOf(first, asked, resumed, time),
            KeepAliveTimeout = keepAlive,
            KeepAliveMax = answers.FirstOrDefault(answer => answer.KeepAliveMax is not null)?.KeepAliveMax,
            CapFound = cap,
            Idle = idle,
            Proxy = first?.Proxy,
            Via = answers.FirstOrDefault(answer => answer.Via is not null)?.Via is { } via ? PlainText.OneLine(via) : null,
            FirstCall = FirstCallOf(watched.FirstEdges, time),
            Remarks = [.. DiagnosisRemarks.Of(answers, keepAlive, idle, runs, unmet)],
        };
    }

    private static string? Refusal(SeenAnswer[] answers) =>
        answers is [.., { Status: ReuseDiagnosis.TooManyRequests }] ? $"answered {ReuseDiagnosis.TooManyRequests}: the server refuses this traffic; stopped at once" : null;

    private static ConnectionFacts FactsOf(Run run)
    {
        var end = run.Connection.End;
        return new ConnectionFacts(
            run.Connection.Remote?.Address.ToString(),
            run.Calls.Count,
            end,
            end is ConnectionEnd.Open or ConnectionEnd.Unseen ? null : run.Connection.IdleAtEnd.TotalSeconds);
    }

    private static TlsFacts TlsOf(WatchedConnection connection, bool? asked, bool? resumed, TimeProvider time)
    {
        var certificate = connection.Certificate;
        var validTo = certificate is null ? (DateTimeOffset?)null : new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        return new TlsFacts(
            connection.TlsVersion,
            connection.Alpn,
            resumed,
            certificate is null ? null : new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
            validTo,
            validTo is { } end ? (int)Math.Floor((end - time.GetUtcNow()).TotalDays) : null,
            asked);
    }

    // Null where the events are not those of one call: a redirect that is followed, a client that makes several requests.
    private static FirstCallFacts? FirstCallOf(IReadOnlyList<PhaseEvent> edges, TimeProvider time)
    {
        try
        {
            return PhaseArithmetic.Of(edges, time.TimestampFrequency, TimeSpan.Zero) is [var call]
                ? new FirstCallFacts(call.Dns, call.Connect, call.Tls, call.FirstByte, call.Body, call.Client)
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
