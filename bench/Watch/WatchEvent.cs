namespace ConnectionReuse.Bench.Watch;

/// <summary>Something that happened in a watched application, as its events tell it: no path, no query, no header, no message.</summary>
/// <param name="At">When, since watching began.</param>
internal abstract record WatchEvent(TimeSpan At);

/// <summary>A client took a request.</summary>
/// <param name="At">When.</param>
/// <param name="Call">The activity of the call.</param>
/// <param name="Origin">Whom it goes to.</param>
internal sealed record RequestStarted(TimeSpan At, Guid Call, Origin Origin) : WatchEvent(At);

/// <summary>A call failed or was cancelled; <see cref="RequestStopped"/> follows.</summary>
/// <param name="At">When.</param>
/// <param name="Call">The activity of the call.</param>
internal sealed record RequestFailed(TimeSpan At, Guid Call) : WatchEvent(At);

/// <summary>A client is about to hand out the response: with its content where it is buffered, else with its headers.</summary>
/// <param name="At">When.</param>
/// <param name="Call">The activity of the call.</param>
internal sealed record RequestStopped(TimeSpan At, Guid Call) : WatchEvent(At);

/// <summary>A call follows a redirect.</summary>
/// <param name="At">When.</param>
/// <param name="Call">The activity of the call.</param>
/// <param name="Origin">Whom it goes to from now on.</param>
internal sealed record Redirected(TimeSpan At, Guid Call, Origin Origin) : WatchEvent(At);

/// <summary>A call waited for a connection.</summary>
/// <param name="At">When it had one.</param>
/// <param name="Call">The activity of the call.</param>
/// <param name="Milliseconds">How long it waited.</param>
/// <param name="Version">The HTTP version of the connection.</param>
internal sealed record RequestLeftQueue(TimeSpan At, Guid Call, double Milliseconds, string Version) : WatchEvent(At);

/// <summary>A request's headers are about to be sent.</summary>
/// <param name="At">When.</param>
/// <param name="Call">The activity of the call.</param>
/// <param name="Connection">The connection that carries it.</param>
internal sealed record HeadersSent(TimeSpan At, Guid Call, long Connection) : WatchEvent(At);

/// <summary>The client reads the content before it hands out the response.</summary>
/// <param name="At">When.</param>
/// <param name="Call">The activity of the call.</param>
internal sealed record ContentBuffered(TimeSpan At, Guid Call) : WatchEvent(At);

/// <summary>A connection was opened.</summary>
/// <param name="At">When it was ready.</param>
/// <param name="Call">The activity of the call that wanted it.</param>
/// <param name="Connection">Its id.</param>
/// <param name="Origin">Where it leads.</param>
/// <param name="Version">The HTTP version that it speaks.</param>
internal sealed record ConnectionOpened(TimeSpan At, Guid Call, long Connection, Origin Origin, string Version) : WatchEvent(At);

/// <summary>A connection was closed, by whichever end.</summary>
/// <param name="At">When this end closed it.</param>
/// <param name="Call">The activity in which it was closed; empty outside of any.</param>
/// <param name="Connection">Its id.</param>
/// <param name="Version">The HTTP version that it spoke.</param>
internal sealed record ConnectionClosed(TimeSpan At, Guid Call, long Connection, string Version) : WatchEvent(At);

/// <summary>A client's TLS handshake begins.</summary>
/// <param name="At">When.</param>
/// <param name="Handshake">The activity of the handshake.</param>
/// <param name="Host">The server's name.</param>
internal sealed record HandshakeStarted(TimeSpan At, Guid Handshake, string Host) : WatchEvent(At);

/// <summary>A TLS handshake is over.</summary>
/// <param name="At">When.</param>
/// <param name="Handshake">The activity of the handshake.</param>
/// <param name="Succeeded">Whether there is a session now.</param>
internal sealed record HandshakeEnded(TimeSpan At, Guid Handshake, bool Succeeded) : WatchEvent(At);
