namespace ConnectionReuse.Targets;

/// <summary>Paths under which the control loses its clients' connections, each in the way of some server in production.</summary>
internal static class LosingPaths
{
    /// <summary>The response asks the client to close.</summary>
    public const string Close = "/close";

    /// <summary>The connection is closed once it has been idle for <see cref="IdleLimit"/>.</summary>
    public const string Idle = "/idle";

    /// <summary>A connection carries <see cref="RequestCap"/> requests and is closed.</summary>
    public const string Cap = "/cap";

    /// <summary>Requests that <see cref="Cap"/> allows a connection.</summary>
    public const int RequestCap = 10;

    /// <summary>How long <see cref="Idle"/> keeps a connection.</summary>
    public static TimeSpan IdleLimit { get; } = TimeSpan.FromMilliseconds(50);
}
