using System.Net;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Diagnosis;

/// <summary>How a target is diagnosed.</summary>
public sealed record DiagnosisOptions
{
    /// <summary>Whose calls are looked at; the shared client unless told otherwise.</summary>
    public ClientPattern? Client { get; init; }

    /// <summary>Calls, unless what they show ends them sooner or needs a few more.</summary>
    public int Calls { get; init; } = 24;

    /// <summary>The most calls, further ones included.</summary>
    public int MostCalls { get; init; } = 30;

    /// <summary>The wait before each call but the first.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>How long an idle connection is watched at most, to find out when the server closes it; null not to.</summary>
    public TimeSpan? Idle { get; init; }

    /// <summary>Whether a second handshake may be made, by one more call of a client of its own, to see whether TLS sessions are resumed.</summary>
    public bool Resumption { get; init; } = true;

    /// <summary>Gives the addresses of a name, in the order in which they are tried.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}
