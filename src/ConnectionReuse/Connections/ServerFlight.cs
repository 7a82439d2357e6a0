using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ConnectionReuse.Connections;

/// <summary>
/// Tells a full handshake from a resumed one by the first bytes that a server sends, which are in the clear in every
/// TLS version. TLS 1.3 (RFC 8446 4.1.3): a resumed handshake has <c>pre_shared_key</c> in its ServerHello. TLS 1.2
/// (RFC 5246 7.3, RFC 5077 3.1): after the ServerHello a full one goes on with Certificate, a resumed one with
/// NewSessionTicket or ChangeCipherSpec.
/// </summary>
internal sealed class ServerFlight
{
    private const byte ChangeCipherSpec = 20;
    private const byte Handshake = 22;
    private const byte ServerHello = 2;
    private const byte Certificate = 11;
    private const ushort PreSharedKey = 41;
    private const ushort SupportedVersions = 43;
    private const ushort Tls13 = 0x0304;
    private const int RecordHeader = 5;
    private const int MessageHeader = 4;

    // Far above a retry and a ServerHello with a post-quantum key share (1,120 bytes in X25519MLKEM768).
    private const int LongestUndecided = 16 * 1024;

    // SHA-256 of "HelloRetryRequest": the random of a ServerHello that only asks for another ClientHello.
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    private byte[] _undecided = [];

    /// <summary>What the bytes seen so far say.</summary>
    public TlsHandshakeKind Kind { get; private set; }

    /// <summary>Takes the next bytes that the server sent; those after the decision are not looked at.</summary>
    public void Append(ReadOnlySpan<byte> sent)
    {
        if (Kind != TlsHandshakeKind.Undecided)
        {
            return;
        }

        var bytes = _undecided.Length == 0 ? sent : [.. _undecided, .. sent];
        Kind = Decide(bytes);
        if (Kind == TlsHandshakeKind.Undecided && bytes.Length > LongestUndecided)
        {
            Kind = TlsHandshakeKind.NotTls;
        }

        _undecided = Kind == TlsHandshakeKind.Undecided ? bytes.ToArray() : [];
    }

    // Takes the records apart. A message may be split over several of them (RFC 8446 5.1), so they are put together.
    private static TlsHandshakeKind Decide(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && bytes[0] != Handshake)
        {
            return TlsHandshakeKind.NotTls;
        }

        var messages = new List<byte>();
        while (bytes.Length >= RecordHeader)
        {
            var type = bytes[0];
            var end = Math.Min(bytes.Length, RecordHeader + BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]));
            if (type is not (ChangeCipherSpec or Handshake))
            {
                return TlsHandshakeKind.NotTls;
            }

            if (type == Handshake)
            {
                messages.AddRange(bytes[RecordHeader..end]);
            }

            var kind = OfMessages(CollectionsMarshal.AsSpan(messages), cipherFollows: type == ChangeCipherSpec);
            if (kind != TlsHandshakeKind.Undecided)
            {
                return kind;
            }

            bytes = bytes[end..];
        }

        return TlsHandshakeKind.Undecided;
    }

    private static TlsHandshakeKind OfMessages(ReadOnlySpan<byte> messages, bool cipherFollows)
    {
        while (messages.Length >= MessageHeader)
        {
            var end = MessageHeader + ((messages[1] << 16) | (messages[2] << 8) | messages[3]);
            if (messages[0] != ServerHello)
            {
                return TlsHandshakeKind.NotTls;
            }

            if (messages.Length < end)
            {
                return TlsHandshakeKind.Undecided;
            }

            var hello = messages[MessageHeader..end];
            messages = messages[end..];
            if (!TryReadHello(hello, out var version, out var resumes))
            {
                return TlsHandshakeKind.NotTls;
            }

            if (hello.Slice(2, RetryRandom.Length).SequenceEqual(RetryRandom))
            {
                continue;
            }

            if (version == Tls13)
            {
                return resumes ? TlsHandshakeKind.Resumed : TlsHandshakeKind.Full;
            }

            return messages.Length > 0 ? messages[0] == Certificate ? TlsHandshakeKind.Full : TlsHandshakeKind.Resumed
                : cipherFollows ? TlsHandshakeKind.Resumed
                : TlsHandshakeKind.Undecided;
        }

        return TlsHandshakeKind.Undecided;
    }

    // ServerHello: version 2, random 32, session id 1 + n, cipher suite 2, compression 1, extensions 2 + n.
    private static bool TryReadHello(ReadOnlySpan<byte> hello, out ushort version, out bool resumes)
    {
        version = 0;
        resumes = false;
        if (hello.Length < 35 || hello.Length < 38 + hello[34])
        {
            return false;
        }

        version = BinaryPrimitives.ReadUInt16BigEndian(hello);
        var rest = hello[(38 + hello[34])..];
        rest = rest.Length >= 2 ? rest[2..] : rest;
        while (rest.Length >= 4)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
            var end = 4 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (rest.Length < end)
            {
                return false;
            }

            if (type == SupportedVersions && end == 6)
            {
                version = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
            }

            resumes |= type == PreSharedKey;
            rest = rest[end..];
        }

        return rest.IsEmpty;
    }
}
