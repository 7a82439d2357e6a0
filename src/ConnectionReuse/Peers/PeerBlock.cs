namespace ConnectionReuse.Peers;

/// <summary>The calls that a tool is to make.</summary>
/// <param name="Url">The address as <see cref="AddressOf"/> gives it.</param>
/// <param name="Requests">Sequential calls.</param>
/// <param name="AuthorityFile">PEM of the only authority to trust; null to trust what the tool trusts.</param>
internal sealed record PeerBlock(string Url, int Requests, string? AuthorityFile)
{
    /// <summary>How long a tool waits for one call, connecting included.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a process may take for its calls: every one up to its limit, and one more to start and end in.</summary>
    public static TimeSpan TimeoutOf(int calls) => CallTimeout * (calls + 1);

    /// <summary>
    /// The URL as HttpClient requests it: the host in ASCII, without user info, which some of the tools would send as
    /// a password, and without a fragment.
    /// </summary>
    public static string AddressOf(Uri url) =>
        new UriBuilder(url) { Host = url.IdnHost, UserName = string.Empty, Password = string.Empty, Fragment = string.Empty }.Uri.AbsoluteUri;
}
