using System.Security.Authentication;

namespace ConnectionReuse.Connections;

/// <summary>TLS versions as tables and result files name them.</summary>
internal static class TlsVersion
{
    /// <summary>Such as <c>1.3</c>; the runtime's own name for what is no TLS.</summary>
    public static string NameOf(SslProtocols version) => version switch
    {
#pragma warning disable SYSLIB0039, CA5397 // named, not used: a server of somebody else may still speak them
        SslProtocols.Tls => "1.0",
        SslProtocols.Tls11 => "1.1",
#pragma warning restore SYSLIB0039, CA5397
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        _ => version.ToString(),
    };
}
