namespace ConnectionReuse.Abstractions;

/// <summary>
/// A client of yours that the gate guards. A public class with a constructor without parameters is found by itself. The gate
/// opens it once in each process, and uses that from one thread at a time.
/// </summary>
public abstract class GuardedClient
{
    /// <summary>The name in tables, options and budget files, such as <c>orders-client</c>: without blanks.</summary>
    public abstract string Id { get; }

    /// <summary>What one call runs, for the reader of a table.</summary>
    public virtual string Statement => Id;

    /// <summary>Whether one connection carries all calls; else each call opens one.</summary>
    public virtual bool Reuses => true;

    /// <summary>The connections that carry some calls of a client that has made a call before.</summary>
    /// <param name="calls">Calls, one after another.</param>
    /// <returns>1 where the client reuses its connection, else one for each call.</returns>
    public virtual int ConnectionsFor(int calls) => Reuses ? 1 : calls;

    /// <summary>Makes what lives across calls. It opens no connection yet.</summary>
    /// <param name="server">Whom the calls go to.</param>
    public abstract IGuardedCalls Open(GuardedServer server);
}
