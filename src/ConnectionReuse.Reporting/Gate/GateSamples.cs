using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>Everything that one pass of the gate measured; a confirming pass is another one.</summary>
/// <param name="Seed">Decides every order within the pass.</param>
/// <param name="Rows">What each row's batches took.</param>
/// <param name="Counts">What each row opened and allocated.</param>
public sealed record GatePass(int Seed, IReadOnlyList<RowSamples> Rows, IReadOnlyList<RowCounts> Counts);

/// <summary>A row's times, pair of processes by pair of processes.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Pairs">The pairs, each of fresh processes.</param>
public sealed record RowSamples(string Target, string Client, IReadOnlyList<PairSamples> Pairs)
{
    /// <summary>The row's name, such as <c>kestrel-http fresh</c>.</summary>
    public string Name => $"{Target} {Client}";
}

/// <summary>The rounds of one pair; the control arm's process makes it three.</summary>
/// <param name="Rounds">Neighbours in time.</param>
public sealed record PairSamples(IReadOnlyList<Round> Rounds)
{
    /// <summary>How long single calls took: base's, control's, head's; empty in older reports.</summary>
    public IReadOnlyList<CallTimes> CallTimes { get; init; } = [];
}

/// <summary>One turn of each arm: seconds per call, the geometric mean of the two batches of its turn there and back.</summary>
/// <param name="Base">The build that is held against.</param>
/// <param name="Control">The same build once more, in another folder and process.</param>
/// <param name="Head">The build in question.</param>
public sealed record Round(double Base, double Control, double Head);

/// <summary>What a row's calls opened and allocated, pair by pair.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Pairs">The pairs.</param>
public sealed record RowCounts(string Target, string Client, IReadOnlyList<PairCounts> Pairs)
{
    /// <summary>The row's name, such as <c>kestrel-http fresh</c>.</summary>
    public string Name => $"{Target} {Client}";
}

/// <summary>The counts of one pair's three processes.</summary>
/// <param name="Base">The build that is held against.</param>
/// <param name="Control">The same build once more.</param>
/// <param name="Head">The build in question.</param>
public sealed record PairCounts(ArmCounts Base, ArmCounts Control, ArmCounts Head);

/// <summary>What some calls of a client pattern of head opened.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Seen">What was counted; null where a call failed.</param>
/// <param name="Failure">Why it failed; null where none did.</param>
public sealed record PatternCounts(string Target, string Client, ArmCounts? Seen, string? Failure)
{
    /// <summary>The row's name, such as <c>kestrel-http fresh</c>.</summary>
    public string Name => $"{Target} {Client}";
}

/// <summary>What one process did over some requests.</summary>
/// <param name="Requests">Requests that were answered as expected.</param>
/// <param name="Carrying">Distinct connections that carried them, as the server saw it.</param>
/// <param name="Opened">Connections that the client opened.</param>
/// <param name="Accepted">Connections that the server accepted.</param>
/// <param name="FullHandshakes">TLS handshakes with the certificate flight.</param>
/// <param name="ResumedHandshakes">TLS handshakes that continued a session.</param>
/// <param name="AllocatedBytes">Bytes that the process allocated, all threads.</param>
public sealed record ArmCounts(
    int Requests, long Carrying, long Opened, long Accepted, long FullHandshakes, long ResumedHandshakes, long AllocatedBytes)
{
    /// <summary>Bytes that the process allocated per request.</summary>
    public double BytesPerRequest() => (double)AllocatedBytes / Requests;
}
