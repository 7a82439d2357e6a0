namespace ConnectionReuse.Peers;

/// <summary>One way in which a tool makes the calls: a row of the comparison.</summary>
/// <param name="Id">The name in tables and result files, such as <c>curl-fresh</c>.</param>
/// <param name="Statement">What a user types; <c>url</c> and <c>N</c> stand for the target and the number of calls.</param>
/// <param name="Reuses">Whether the tool is asked to keep one connection across the calls instead of opening one for each.</param>
internal sealed record PeerRow(string Id, string Statement, bool Reuses);
