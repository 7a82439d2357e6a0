using System.Globalization;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Screen;

/// <summary>What is known of one target while it is measured: the median call of each client, and the ratio of fresh to shared.</summary>
internal sealed class SoFar
{
    private const int MostClients = 3; // of a line

    private readonly List<(string Client, List<double> Milliseconds)> _clients = [];

    /// <summary>A client's block has ended.</summary>
    /// <param name="client">The client pattern's id.</param>
    /// <param name="milliseconds">What a call took.</param>
    public void Add(string client, double milliseconds)
    {
        if (_clients.FirstOrDefault(known => known.Client == client).Milliseconds is not { } known)
        {
            _clients.Add((client, known = []));
        }

        known.Add(milliseconds);
    }

    /// <summary>Such as <c>fresh 62.8 ms  shared 20.5 ms  so far 3.0x</c>; empty before a block has ended.</summary>
    public override string ToString()
    {
        (string Client, double Median)[] medians = [.. _clients.Select(client => (client.Client, Samples.Median(client.Milliseconds))).OrderBy(client => client.Client is ClientIds.Fresh or ClientIds.Shared ? 0 : 1).ThenBy(client => client.Client, StringComparer.Ordinal)];
        var times = medians.Take(MostClients).Select(client => $"{client.Client} {Short(client.Median)} ms");
        double? Of(string name) => medians.Where(client => client.Client == name).Select(client => (double?)client.Median).FirstOrDefault();
        var ratio = (Of(ClientIds.Fresh) ?? Of(ClientIds.FreshFull), Of(ClientIds.Shared)) is ({ } fresh, { } shared) ? (string[])[string.Create(CultureInfo.InvariantCulture, $"so far {fresh / shared:0.0}x")] : [];
        return string.Join("  ", times.Concat(ratio));
    }

    private static string Short(double milliseconds) => Figure.Text(milliseconds, Math.Min(3, Figure.Decimals(milliseconds, null, null)));
}
