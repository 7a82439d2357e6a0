namespace ConnectionReuse.Clients.Concurrency;

/// <summary>1 at once over HTTP/1.1, each with a connection.</summary>
internal sealed class Http1InFlight1() : Unbounded(1);

/// <summary>1 at once over 4 connections of HTTP/1.1.</summary>
internal sealed class Http1BoundedInFlight1() : Bounded(1);

/// <summary>1 at once over one connection of HTTP/2.</summary>
internal sealed class Http2InFlight1() : Multiplexed(1);

/// <summary>8 at once over HTTP/1.1, each with a connection.</summary>
internal sealed class Http1InFlight8() : Unbounded(8);

/// <summary>8 at once over 4 connections of HTTP/1.1.</summary>
internal sealed class Http1BoundedInFlight8() : Bounded(8);

/// <summary>8 at once over one connection of HTTP/2.</summary>
internal sealed class Http2InFlight8() : Multiplexed(8);

/// <summary>64 at once over HTTP/1.1, each with a connection.</summary>
internal sealed class Http1InFlight64() : Unbounded(64);

/// <summary>64 at once over 4 connections of HTTP/1.1.</summary>
internal sealed class Http1BoundedInFlight64() : Bounded(64);

/// <summary>64 at once over one connection of HTTP/2.</summary>
internal sealed class Http2InFlight64() : Multiplexed(64);

/// <summary>256 at once over HTTP/1.1, each with a connection.</summary>
internal sealed class Http1InFlight256() : Unbounded(256);

/// <summary>256 at once over 4 connections of HTTP/1.1.</summary>
internal sealed class Http1BoundedInFlight256() : Bounded(256);

/// <summary>256 at once over one connection of HTTP/2.</summary>
internal sealed class Http2InFlight256() : Multiplexed(256);
