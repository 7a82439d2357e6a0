namespace ConnectionReuse.Targets;

/// <summary>
/// What the user wants each call to a URL to be, and the way there. It holds secrets: it goes to other processes through a
/// pipe or an environment variable, and into no file and no message.
/// </summary>
public sealed record OwnRequest
{
    // What RFC 9110 9.2.1 calls safe, but for TRACE, which servers refuse.
    private static readonly string[] Reading = ["GET", "HEAD", "OPTIONS"];

    /// <summary>A GET without anything of the user's.</summary>
    public static OwnRequest Plain { get; } = new();

    /// <summary>The method.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The headers, in their order; a name may come again.</summary>
    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The media type of the body; null sends none.</summary>
    public string? ContentType { get; init; }

    /// <summary><c>user:password</c> for Basic authentication; null for the user info of the URL, if it has any.</summary>
    public string? Credentials { get; init; }

    /// <summary>The proxy; null for none.</summary>
    public ProxyChoice? Proxy { get; init; }

    /// <summary>What the client identifies itself with in the TLS handshake; null for nothing.</summary>
    public ClientCertificate? Certificate { get; init; }

    /// <summary>The certificate authorities to trust, as PEM; null for those of the machine.</summary>
    public string? AuthorityPem { get; init; }

    /// <summary>Whether a call follows redirects to their end.</summary>
    public bool Follow { get; init; }

    /// <summary>The status that is the expected one; null for any success.</summary>
    public int? ExpectedStatus { get; init; }

    /// <summary>Addresses of hosts, instead of what the resolver says.</summary>
    public IReadOnlyList<ResolvedAddress> Resolve { get; init; } = [];

    /// <summary>The User-Agent; null for the verb's own.</summary>
    public string? UserAgent { get; init; }

    /// <summary>How long one call may take; null for the usual time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The wait before each call, which is no part of its time.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Whether calls are GET requests that follow no redirect and take any success, whatever the way there.</summary>
    public bool IsPlainGet => Method == "GET" && Headers.Count == 0 && Body is null && Credentials is null && !Follow && ExpectedStatus is null;

    /// <summary>Whether the method only reads.</summary>
    public bool OnlyReads => Reading.Contains(Method, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the calls are, in words: requests, or POST requests.</summary>
    public string Words => Method == "GET" ? "requests" : $"{Method} requests";

    /// <summary>What comes on top of a number of calls that is announced; nothing without redirects.</summary>
    public string RedirectsBesides => Follow ? ", and once more for each redirect that is followed" : string.Empty;

    /// <summary>A target that is called so.</summary>
    public Target On(Target target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target with
        {
            Request = this,
            UserAgent = UserAgent ?? target.UserAgent,
            Timeout = Timeout ?? target.Timeout,
            Trust = AuthorityPem is null ? target.Trust : new TrustedRoot(AuthorityPem),
        };
    }

    /// <summary>Where a host is, if the user said so; else null.</summary>
    public string? AddressOf(string host, int port) =>
        Resolve.FirstOrDefault(resolved => resolved.Port == port && resolved.Host.Equals(host, StringComparison.OrdinalIgnoreCase))?.Address;

    /// <summary>The method alone: the rest is nobody's business.</summary>
    public override string ToString() => Method;
}

/// <summary>One header.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record RequestHeader(string Name, string Value)
{
    /// <summary>The name alone: the value may be a secret.</summary>
    public override string ToString() => Name;
}

/// <summary>The address of a host and port.</summary>
/// <param name="Host">The host as URLs name it.</param>
/// <param name="Port">The port.</param>
/// <param name="Address">The IP address.</param>
public sealed record ResolvedAddress(string Host, int Port, string Address);
