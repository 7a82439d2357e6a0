using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>A client pattern and where the time of its calls went.</summary>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Times">Its phases.</param>
internal sealed record PhasesRow(string Client, PhaseTimes Times);

/// <summary>Where a call's time goes, as Markdown: client patterns side by side, and a bar for each to the same scale.</summary>
internal static class PhasesTable
{
    private const int BarWidth = 40;
    private const int FewestDecimals = 2; // a body takes hundredths of a millisecond even where a call takes 100

    private static readonly Phase[] Phases =
    [
        new("DNS", '▒', times => times.DnsSeconds),
        new("TCP connect", '▓', times => times.ConnectSeconds),
        new("TLS handshake", '█', times => times.TlsSeconds),
        new("wait for first byte", '▚', times => times.FirstByteSeconds),
        new("body", '▄', times => times.BodySeconds),
        new("client", '░', times => times.ClientSeconds),
    ];

    /// <summary>The table, the bars and their notes; it ends with a line feed.</summary>
    /// <param name="clients">One column for each; the longest call's bar is 40 characters wide.</param>
    public static string Render(IReadOnlyList<PhasesRow> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        return $"{Figures(clients)}\n{MarkdownText.List([.. Common, .. Notes(clients)])}";
    }

    /// <summary>What is to be said of every such table: once on a page with several.</summary>
    public static IReadOnlyList<string> Common { get; } =
    [
        "blocks of their own, listened to by the runtime's events; listening costs time, so they enter no other table",
        "client: between the phases, before and after them: making and disposing a client, queues, threads, parsing",
    ];

    /// <summary>The table and the bars, with what is to be said of them alone; it ends with a line feed.</summary>
    public static string OnAPage(IReadOnlyList<PhasesRow> clients) => $"{Figures(clients)}\n{MarkdownText.List(Notes(clients))}";

    private static string Figures(IReadOnlyList<PhasesRow> clients)
    {
        Phase[] shown = [.. Phases.Where(phase => clients.Any(client => phase.Seconds(client.Times) > 0))];
        return $"{Table(clients, shown)}\n{Bars(clients, shown)}";
    }

    private static string Table(IReadOnlyList<PhasesRow> clients, Phase[] shown) => MarkdownTable.Render(
        [
            new("phase", phase => phase.Name, IsNumber: false),
            .. clients.SelectMany(client => (Column<Phase>[])
            [
                new($"{client.Client} ms/call", phase => Milliseconds(phase.Seconds(client.Times), client.Times)),
                new($"{client.Client} %", phase => $"{Figure.Text(100 * phase.Seconds(client.Times) / client.Times.TotalSeconds(), 0)}"),
            ]),
        ],
        [.. shown, new Phase("total", ' ', times => times.TotalSeconds())]);

    // A column's figures have the decimals of its total, so that they add up to it; 0 is a phase that never was.
    private static string Milliseconds(double seconds, PhaseTimes times) => seconds == 0
        ? "0"
        : Figure.Text(1000 * seconds, Math.Max(FewestDecimals, Figure.Decimals(1000 * times.TotalSeconds(), null, null)));

    private static string Bars(IReadOnlyList<PhasesRow> clients, Phase[] shown)
    {
        var longest = clients.Max(client => client.Times.TotalSeconds());
        var names = clients.Max(client => client.Client.Length);
        var bars = clients.Select(client =>
            $"{client.Client.PadRight(names)} {Bar(client.Times, shown, longest)} {Milliseconds(client.Times.TotalSeconds(), client.Times)} ms");
        return MarkdownText.Block("text", bars.Append(string.Join(", ", shown.Select(phase => $"{phase.Glyph} {phase.Name}"))));
    }

    // Each phase ends where the sum up to it ends, rounded: the parts add up to the bar, and none is off by more than one.
    private static string Bar(PhaseTimes times, Phase[] shown, double longest)
    {
        var bar = "";
        var sum = 0.0;
        foreach (var phase in shown)
        {
            sum += phase.Seconds(times);
            bar = bar.PadRight((int)Math.Round(BarWidth * sum / longest), phase.Glyph);
        }

        return bar;
    }

    private static IEnumerable<string> Notes(IReadOnlyList<PhasesRow> clients)
    {
        foreach (var (client, times) in clients)
        {
            yield return $"{client}: {Basis(times)}; phases and client {Agreement(times.Disagreement)}";
        }

        foreach (var moved in clients.Select(client => client.Times.EmulatedConnectSeconds).OfType<double>().Distinct())
        {
            yield return $"TCP connect: the emulated link cannot delay the SYN-ACK and charges that round trip to the first bytes of a connection; {Duration.Text(moved)} for each new connection stand under TCP connect and not where they were waited";
        }
    }

    private static string Basis(PhaseTimes times) => times.Blocks == 1
        ? $"the mean of {times.Calls} calls"
        : $"the mean of {times.Calls} calls, the middle one of {times.Blocks} such blocks";

    private static string Agreement(double missed) => missed <= PhaseTimes.Tolerance
        ? $"are within {Percent(missed)} of the measured time"
        : $"miss the measured time by up to {Percent(missed)}, more than the {Percent(PhaseTimes.Tolerance)} that is tolerated";

    private static string Percent(double share) => $"{Figure.Text(100 * share, 1)}%";

    private sealed record Phase(string Name, char Glyph, Func<PhaseTimes, double> Seconds);
}
