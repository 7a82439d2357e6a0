namespace ConnectionReuse.Peers;

/// <summary>What a tool took for its calls, all of which succeeded.</summary>
/// <param name="Seconds">The time of all calls together, as the tool tells it.</param>
/// <param name="Connections">
/// Connections as the tool itself counts them; null where it does not. They tell on a real target, whose server we
/// cannot ask, whether <see cref="PeerRow.Reuses"/> came true: <c>ab -k</c> speaks HTTP/1.0, where a server keeps a
/// connection only behind a response with a <c>Content-Length</c>.
/// </param>
internal sealed record PeerMeasurement(double Seconds, int? Connections = null);
