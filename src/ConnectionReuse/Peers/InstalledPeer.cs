namespace ConnectionReuse.Peers;

/// <summary>A tool that this machine has.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Program">The path of its program.</param>
/// <param name="Version">Its version; null where it tells none.</param>
internal sealed record InstalledPeer(PeerTool Tool, string Program, string? Version)
{
    /// <summary>Makes sequential calls of one URL, without proxies and without following redirects.</summary>
    /// <param name="row">One of the tool's <see cref="PeerTool.Rows"/>.</param>
    /// <param name="url">An absolute http or https URL; user info and fragment are not sent.</param>
    /// <param name="requests">How many calls.</param>
    /// <param name="authorityFile">PEM of the certificate authority to trust; null to trust what the tool trusts.</param>
    /// <param name="cancellationToken">Kills the tool with all that it started.</param>
    /// <exception cref="IOException">A call failed, the tool did not end in time, or it could not keep the query to itself: one line that says which and why.</exception>
    public async Task<PeerMeasurement> RunAsync(
        PeerRow row, Uri url, int requests, string? authorityFile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        if (!Tool.Rows.Contains(row))
        {
            throw new ArgumentException($"'{row.Id}' is not a row of {Tool.Id}", nameof(row));
        }

        if (Tool.Refuses(url) is { } refusal)
        {
            throw new IOException($"{row.Id}: {refusal}");
        }

        try
        {
            return await Tool.RunAsync(Program, row, new PeerBlock(PeerBlock.AddressOf(url), requests, authorityFile), cancellationToken);
        }
        catch (IOException e)
        {
            // Some tools repeat the URL: what its query holds may be a secret.
            var reason = url.Query.Length > 0 ? e.Message.Replace(url.Query, string.Empty, StringComparison.Ordinal) : e.Message;
            throw new IOException($"{row.Id}: {reason}", e);
        }
    }
}
