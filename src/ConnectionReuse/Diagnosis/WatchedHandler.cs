namespace ConnectionReuse.Diagnosis;

/// <summary>A handler that a client made, with its settings, which its maker may still change until its first call.</summary>
/// <param name="Number">From 1, in the order of their making.</param>
/// <param name="Handler">The handler.</param>
internal sealed record WatchedHandler(int Number, SocketsHttpHandler Handler)
{
    /// <summary>Whether it sends a client certificate.</summary>
    public bool HasClientCertificate => Handler.SslOptions is { ClientCertificates.Count: > 0 } or { ClientCertificateContext: not null } or { LocalCertificateSelectionCallback: not null };
}
