using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Model;

/// <summary>What a result file knows of a client that opens connections, beside the one that keeps its own: what a fleet's cost follows from.</summary>
internal sealed record FleetCall
{
    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>The client that opens connections.</summary>
    public required string Client { get; init; }

    /// <summary>The client that keeps its connection.</summary>
    public required string Reference { get; init; }

    /// <summary>Connections opened for each call, as counted.</summary>
    public required double Connections { get; init; }

    /// <summary>Full TLS handshakes of each call, as counted; null without TLS.</summary>
    public double? FullHandshakes { get; init; }

    /// <summary>Resumed TLS handshakes of each call, as counted; null without TLS.</summary>
    public double? ResumedHandshakes { get; init; }

    /// <summary>What a call takes without a network, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>What it takes on a connection that is open, in seconds.</summary>
    public required double ReferenceSeconds { get; init; }

    /// <summary>CPU time of the client's process that a call takes beyond one on an open connection, in seconds; null where nobody counted it.</summary>
    public double? ClientCpuSeconds { get; init; }

    /// <summary>The same of the server's process.</summary>
    public double? ServerCpuSeconds { get; init; }

    /// <summary>Round trips that a new connection costs beyond the call's own, from <see cref="RoundTrips.Extra"/>.</summary>
    public required int ExtraRoundTrips { get; init; }

    /// <summary>
    /// Those of a file: measured on loopback without a link, where a call's time is CPU, against the reference that its row declares.
    /// A real target's time is its network's, and whether it resumed sessions is not known.
    /// </summary>
    public static IReadOnlyList<FleetCall> Of(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var known = file.Rows.Where(row => row is { Status: RowStatus.Measured, Median: not null, Counts.Opened: not null } && row.Parameters == RowParameters.None && new Uri(row.Url).IsLoopback);
        return
        [
            .. RowGroup.Of(known)
                .SelectMany(group => group.Rows
                    .Where(row => row.Declared is { Reuses: false, IsFloor: false, Tool: null, Reference: not null })
                    .Select(row => (Row: row, Reference: group.Rows.FirstOrDefault(other => other.Client == row.Declared.Reference))))
                .Where(pair => pair.Reference is not null)
                .Select(pair => Of(pair.Row, pair.Reference!))
                .DistinctBy(call => (call.Target, call.Client)), // of several runs the first
        ];
    }

    private static FleetCall Of(ResultRow row, ResultRow reference)
    {
        var (full, resumed) = (row.PerRequest(counts => counts.FullHandshakes), row.PerRequest(counts => counts.ResumedHandshakes));
        return new FleetCall
        {
            Target = row.Target,
            Client = row.Client,
            Reference = reference.Client,
            Connections = row.PerRequest(counts => counts.Opened)!.Value,
            FullHandshakes = full,
            ResumedHandshakes = resumed,
            Seconds = row.Median!.Value / row.Requests,
            ReferenceSeconds = reference.Median!.Value / reference.Requests,
            ClientCpuSeconds = CpuBeyond(counts => counts.ClientCpuMicroseconds),
            ServerCpuSeconds = CpuBeyond(counts => counts.ServerCpuMicroseconds),
            ExtraRoundTrips = RoundTrips.Extra(row.TlsProtocol, resumed > full, row.HttpVersion),
        };

        double? CpuBeyond(Func<Counts, long?> microseconds) => (row.PerRequest(microseconds) - reference.PerRequest(microseconds)) / TimeSpan.MicrosecondsPerSecond;
    }
}
