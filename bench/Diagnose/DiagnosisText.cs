using System.Globalization;
using System.Text;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Diagnose;

/// <summary>A diagnosis as text of 80 columns: the verdict on top, then the facts, then what is worth knowing besides.</summary>
internal static class DiagnosisText
{
    private const int Width = 79;
    private const int Label = 14;
    private const int MostRuns = 8;

    /// <summary>The text; it ends with a line feed.</summary>
    public static string Render(DiagnosisReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        if (report.Verdict is { } verdict)
        {
            Wrap(text, verdict.Sentence, 0, 0);
            text.Append('\n');
            Wrap(text, $"{report.Url}, {report.Client} client: {Count(verdict.Requests, "call")} over {Count(verdict.Connections, "connection")}", 0, 0);
            text.Append('\n');
        }

        foreach (var (label, fact) in Facts(report))
        {
            Wrap(text, $"  {label.PadRight(Label - 2)}{fact}", Label, Label);
        }

        foreach (var remark in report.Remarks)
        {
            text.Append('\n');
            Wrap(text, $"Note: {remark}.", 0, 6);
        }

        return text.ToString();
    }

    private static IEnumerable<(string Label, string Fact)> Facts(DiagnosisReport report)
    {
        if (report.Statuses.Count > 0)
        {
            yield return ("answered", $"{string.Join(", ", report.Statuses)} in HTTP/{report.HttpVersion}");
        }

        foreach (var (address, place) in report.Addresses.Select((address, place) => (address, place)))
        {
            yield return (place == 0 ? "addresses" : "", $"{address.Address} ({address.Family}): {Outcome(address)}");
        }

        if (report.Chosen.Count > 1)
        {
            yield return ("", $"later connections went to {string.Join(", ", report.Chosen.Skip(1))}");
        }

        yield return ("proxy", (report.Proxy, report.Via) switch
        {
            ({ } proxy, null) => proxy,
            ({ } proxy, { } via) => $"{proxy}; responses name {via} (Via)",
            (null, { } via) => $"none of the client's; responses name {via} (Via)",
            _ => "none",
        });

        if (report.Tls is { } tls)
        {
            yield return ("TLS", $"{tls.Version ?? "of an unknown version"}, {(tls.Alpn is { } alpn ? $"ALPN {alpn}" : "no ALPN")}, {Resumption(tls.Resumed)}");
            yield return ("certificate", Certificate(tls));
            yield return ("client's", tls.AsksForCertificate switch
            {
                true => "the server asks for a client certificate",
                false => "no client certificate is asked for",
                null => "not known whether a client certificate is asked for",
            });
        }

        yield return ("keep-alive", KeepAlive(report));
        if (report.CapFound is { } cap)
        {
            yield return ("request cap", $"{Count(cap, "request")} a connection");
        }
        else if (report.Verdict is { IsReused: true } verdict)
        {
            yield return ("request cap", $"none seen within {Count(verdict.Requests, "call")}");
        }

        yield return ("idle limit", Idle(report.Idle));
        if (report.Connections.Count > 0)
        {
            yield return ("connections", Runs(report.Connections));
        }

        if (report.FirstCall is { } first)
        {
            yield return ("first call", FirstCall(first, report.Tls is not null));
        }
    }

    private static string Outcome(AddressTry address) => address switch
    {
        { Seconds: null } => "not tried, one before it answered",
        { Failure: { } failure } => $"{failure}, which cost {Duration.Text(address.Seconds.Value)}",
        _ => $"chosen, connected in {Duration.Text(address.Seconds.Value)}",
    };

    private static string Resumption(bool? resumed) => resumed switch
    {
        true => "sessions are resumed",
        false => "sessions are not resumed",
        null => "one handshake only",
    };

    private static string Certificate(TlsFacts tls) => tls is { ValidFrom: { } from, ValidTo: { } to, DaysLeft: { } days }
        ? $"valid from {Day(from)} to {Day(to)}, {Count(days, "day")} left"
        : "not seen";

    private static string KeepAlive(DiagnosisReport report)
    {
        if (report.KeepAliveTimeout is null && report.KeepAliveMax is null)
        {
            return "nothing announced";
        }

        string?[] announced = [report.KeepAliveTimeout is { } seconds ? $"timeout={seconds}" : null, report.KeepAliveMax is { } max ? $"max={max}" : null];
        return $"announced: {string.Join(", ", announced.OfType<string>())}";
    }

    private static string Idle(IdleFacts? idle) => idle switch
    {
        null => "not looked for (--idle)",
        { ClosedAfterSeconds: { } closed } => $"the server closes after {Duration.Text(closed)}",
        { CarriedNextCall: true } => $"none within {Duration.Text(idle.WatchedSeconds)}",
        _ => $"nobody closed within {Duration.Text(idle.WatchedSeconds)}, but the next call went elsewhere",
    };

    private static string Runs(IReadOnlyList<ConnectionFacts> connections)
    {
        var calls = string.Join(", ", connections.Take(MostRuns).Select(connection => connection.Requests.ToString(CultureInfo.InvariantCulture)));
        var ends = connections.Select(connection => connection.End).Distinct().Select(end => $"{End(end)} {connections.Count(connection => connection.End == end)}");
        return $"calls in each: {calls}{(connections.Count > MostRuns ? ", ..." : "")}; {string.Join(", ", ends)}";
    }

    private static string End(ConnectionEnd end) => end switch
    {
        ConnectionEnd.Open => "left open",
        ConnectionEnd.ServerCloses => "closed by the server first (FIN)",
        ConnectionEnd.ServerResets => "reset by the server (RST)",
        ConnectionEnd.ClientCloses => "closed by the client first",
        ConnectionEnd.Unseen => "not watched",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, null),
    };

    private static string FirstCall(FirstCallFacts first, bool tls)
    {
        (string Name, double Seconds)[] phases =
        [
            ("name", first.Dns), ("connect", first.Connect), .. tls ? [("TLS", first.Tls)] : Array.Empty<(string, double)>(),
            ("first byte", first.FirstByte), ("body", first.Body), ("client", first.Client),
        ];
        return $"{Duration.Text(phases.Sum(phase => phase.Seconds))}: {string.Join(", ", phases.Select(phase => $"{phase.Name} {Duration.Text(phase.Seconds)}"))}";
    }

    private static string Day(DateTimeOffset date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    // Words longer than a line stand alone in theirs.
    private static void Wrap(StringBuilder text, string line, int keep, int indent)
    {
        line = PlainText.OneLine(line);
        var column = Math.Min(keep, line.Length);
        text.Append(line.AsSpan(0, column));
        var start = true;
        foreach (var word in line[column..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!start && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', indent);
                column = indent;
                start = true;
            }

            text.Append(start ? "" : " ").Append(word);
            column += word.Length + (start ? 0 : 1);
            start = false;
        }

        text.Append('\n');
    }
}
