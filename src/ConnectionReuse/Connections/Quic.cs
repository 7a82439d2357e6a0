using System.Net.Quic;
using System.Runtime.Versioning;

namespace ConnectionReuse.Connections;

/// <summary>Whether this machine has QUIC, below HTTP/3.</summary>
internal static class Quic
{
    /// <summary>The TLS version of every QUIC connection: it offers no earlier one (RFC 9001 4.2), and there is no later one.</summary>
    public const string TlsProtocol = "1.3";

    /// <summary>Why not; null where it has. Looking loads the library.</summary>
    public static string? Unsupported => !IsPlatform ? "the QUIC of .NET does not run on this platform"
        : !QuicConnection.IsSupported ? "this machine has no QUIC: libmsquic is not installed, or its TLS is too old"
        : null;

    [SupportedOSPlatformGuard("windows")]
    [SupportedOSPlatformGuard("linux")]
    [SupportedOSPlatformGuard("macOS")]
    private static bool IsPlatform => OperatingSystem.IsWindows() || OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();
}
