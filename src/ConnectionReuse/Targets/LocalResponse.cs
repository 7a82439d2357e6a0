using System.Text;

namespace ConnectionReuse.Targets;

/// <summary>The response of every local target, byte for byte the same but for its date.</summary>
internal static class LocalResponse
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/plain";

    /// <summary>The body as text: small, so that the connection is what costs.</summary>
    public const string Text = "Reuse the connection.\n";

    /// <summary>The body on the wire.</summary>
    public static ReadOnlyMemory<byte> Body { get; } = Encoding.ASCII.GetBytes(Text);

    /// <summary>The end of the response on the wire: one chunk with the body, then the last chunk.</summary>
    internal static byte[] LastBytes { get; } = Encoding.ASCII.GetBytes($"\r\n\r\n{Text.Length:x}\r\n{Text}\r\n0\r\n\r\n");
}
