namespace ConnectionReuse.Results;

/// <summary>Everything that one pass of the gate measured; a confirming pass is another one.</summary>
/// <param name="Seed">Decides every order within the pass.</param>
/// <param name="Rows">What each row's turns took.</param>
/// <param name="Counts">What each row opened and allocated.</param>
public sealed record GatePass(int Seed, IReadOnlyList<RowSamples> Rows, IReadOnlyList<RowCounts> Counts);

/// <summary>A row's times, set of processes by set of processes.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Sets">The sets, each of fresh processes.</param>
public sealed record RowSamples(string Target, string Client, IReadOnlyList<SetSamples> Sets)
{
    /// <summary>The row's name, such as <c>kestrel-http fresh</c>.</summary>
    public string Name => $"{Target} {Client}";
}

/// <summary>The times of one set: a process of base, one of the control, one of head.</summary>
/// <param name="Cycles">Neighbours in time.</param>
public sealed record SetSamples(IReadOnlyList<CycleSeconds> Cycles)
{
    /// <summary>How long single calls took: base's, control's, head's; empty in older files.</summary>
    public IReadOnlyList<CallTimes> CallTimes { get; init; } = [];
}

/// <summary>A turn of each process: seconds per call, the geometric mean of its turn there and its turn back.</summary>
/// <param name="Base">The build that is held against.</param>
/// <param name="Control">The same build once more, in another folder and process.</param>
/// <param name="Head">The build in question.</param>
public sealed record CycleSeconds(double Base, double Control, double Head);

/// <summary>What a row's calls opened and allocated, set by set.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Declared">What this program's pattern of that name declares for so many calls.</param>
/// <param name="Sets">The sets.</param>
public sealed record RowCounts(string Target, string Client, Declaration Declared, IReadOnlyList<SetCounts> Sets)
{
    /// <summary>The row's name, such as <c>kestrel-http fresh</c>.</summary>
    public string Name => $"{Target} {Client}";
}

/// <summary>The counts of one set's three processes.</summary>
/// <param name="Base">The build that is held against.</param>
/// <param name="Control">The same build once more.</param>
/// <param name="Head">The build in question.</param>
public sealed record SetCounts(Counts Base, Counts Control, Counts Head);

/// <summary>What some calls of a client pattern of head opened.</summary>
/// <param name="Target">The target's id.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Declared">What this program's pattern of that name declares for so many calls.</param>
/// <param name="Seen">What was counted; null where a call failed.</param>
/// <param name="Failure">Why it failed; null where none did.</param>
public sealed record PatternCounts(string Target, string Client, Declaration Declared, Counts? Seen, string? Failure)
{
    /// <summary>The row's name, such as <c>kestrel-http fresh</c>.</summary>
    public string Name => $"{Target} {Client}";
}
