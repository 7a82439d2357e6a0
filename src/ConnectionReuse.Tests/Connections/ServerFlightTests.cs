using System.Buffers.Binary;
using System.Security.Authentication;
using System.Security.Cryptography;
using ConnectionReuse.Connections;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

public sealed class ServerFlightTests(RecordedHandshakes recorded) : IClassFixture<RecordedHandshakes>
{
    private const byte ChangeCipherSpec = 20;
    private const byte Handshake = 22;
    private const ushort SupportedVersions = 43;
    private const ushort KeyShare = 51;

    public static TheoryData<SslProtocols, bool> Kinds => new()
    {
        { SslProtocols.Tls12, false }, { SslProtocols.Tls12, true }, { SslProtocols.Tls13, false }, { SslProtocols.Tls13, true },
    };

    [Fact]
    public void A_full_TLS_1_2_handshake_is_told_by_its_Certificate()
    {
        var flight = recorded.Flight(SslProtocols.Tls12, resumed: false);
        Assert.True(flight.AsSpan().IndexOf(recorded.Leaf) > 0); // in the clear, as TLS 1.2 sends it
        Assert.Equal(TlsHandshakeKind.Full, KindOf(flight));
    }

    [Fact]
    public void A_resumed_TLS_1_2_handshake_is_told_by_its_missing_Certificate()
    {
        var flight = recorded.Flight(SslProtocols.Tls12, resumed: true);
        Assert.Equal(-1, flight.AsSpan().IndexOf(recorded.Leaf));
        Assert.Equal(TlsHandshakeKind.Resumed, KindOf(flight));
    }

    [Fact]
    public void A_full_TLS_1_3_handshake_is_told_by_its_ServerHello()
    {
        var flight = recorded.Flight(SslProtocols.Tls13, resumed: false);
        Assert.True(flight.Length > recorded.Flight(SslProtocols.Tls13, resumed: true).Length + recorded.Leaf.Length);
        Assert.Equal(TlsHandshakeKind.Full, KindOf(flight));
    }

    [Fact]
    public void A_resumed_TLS_1_3_handshake_is_told_by_its_ServerHello() =>
        Assert.Equal(TlsHandshakeKind.Resumed, KindOf(recorded.Flight(SslProtocols.Tls13, resumed: true)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_truncated_flight_is_undecided_until_it_is_decided_for_good(SslProtocols protocol, bool resumed)
    {
        var flight = recorded.Flight(protocol, resumed);
        var bytewise = new ServerFlight();
        var decided = false;
        for (var length = 0; length < flight.Length; length++)
        {
            var kind = KindOf(flight.AsSpan(0, length));
            Assert.Equal(kind, bytewise.Kind);
            Assert.Equal(decided |= kind != TlsHandshakeKind.Undecided, kind == Expected(resumed));
            bytewise.Append(flight.AsSpan(length, 1));
        }

        Assert.True(decided);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_kind_does_not_depend_on_how_the_bytes_are_cut(SslProtocols protocol, bool resumed)
    {
        var random = new Random(1);
        for (var run = 0; run < 200; run++)
        {
            var flight = new ServerFlight();
            ReadOnlySpan<byte> rest = recorded.Flight(protocol, resumed);
            while (rest.Length > 0)
            {
                var next = random.Next(Math.Min(rest.Length, 300) + 1);
                flight.Append(rest[..next]);
                rest = rest[next..];
            }

            Assert.Equal(Expected(resumed), flight.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_may_be_split_over_records(SslProtocols protocol, bool resumed)
    {
        foreach (var size in (int[])[1, 3, 50])
        {
            Assert.Equal(Expected(resumed), KindOf(Resplit(recorded.Flight(protocol, resumed), size)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_HelloRetryRequest_is_passed_over(bool resumed)
    {
        byte[] retry = [.. Hello(SHA256.HashData("HelloRetryRequest"u8), Tls13), ChangeCipherSpec, 3, 3, 0, 1, 1];
        Assert.Equal(TlsHandshakeKind.Undecided, KindOf(retry));
        Assert.Equal(Expected(resumed), KindOf([.. retry, .. recorded.Flight(SslProtocols.Tls13, resumed)]));
    }

    [Fact]
    public void A_post_quantum_key_share_is_not_too_long()
    {
        var hello = Hello(new byte[32], Tls13, Extension(KeyShare, new byte[1124])); // X25519MLKEM768
        Assert.Equal(TlsHandshakeKind.Undecided, KindOf(hello.AsSpan(0, hello.Length - 1)));
        Assert.Equal(TlsHandshakeKind.Full, KindOf(hello));
    }

    [Fact]
    public void Nothing_sent_yet_is_undecided() => Assert.Equal(TlsHandshakeKind.Undecided, KindOf([]));

    [Fact]
    public void What_is_no_server_handshake_is_not_TLS()
    {
        Assert.Equal(TlsHandshakeKind.NotTls, KindOf("HTTP/1.1 200 OK"u8));
        Assert.Equal(TlsHandshakeKind.NotTls, KindOf([21, 3, 3, 0, 2, 2, 40])); // alert: handshake_failure
        Assert.Equal(TlsHandshakeKind.NotTls, KindOf([Handshake, 3, 1, 0, 5, 1, 0, 0, 1, 0])); // ClientHello
        Assert.Equal(TlsHandshakeKind.NotTls, KindOf([Handshake, 3, 3, 0, 6, 2, 0, 0, 2, 3, 3])); // ServerHello of two bytes
        Assert.Equal(TlsHandshakeKind.NotTls, KindOf(Hello(new byte[32], Tls13[..5]))); // an extension longer than the message
        Assert.Equal(TlsHandshakeKind.NotTls, KindOf([Handshake, 3, 3, 0x40, 0, 2, 0xFF, 0xFF, 0xFF, .. new byte[32 * 1024]]));
    }

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var random = new Random(2);
        foreach (var (protocol, resumed) in Kinds.Select(row => row.Data))
        {
            for (var run = 0; run < 2000; run++)
            {
                var damaged = recorded.Flight(protocol, resumed).ToArray();
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                damaged[random.Next(80)] = (byte)random.Next(256);
                KindOf(damaged);
            }
        }
    }

    private static byte[] Tls13 => Extension(SupportedVersions, [3, 4]);

    private static TlsHandshakeKind Expected(bool resumed) => resumed ? TlsHandshakeKind.Resumed : TlsHandshakeKind.Full;

    private static TlsHandshakeKind KindOf(ReadOnlySpan<byte> sent)
    {
        var flight = new ServerFlight();
        flight.Append(sent);
        return flight.Kind;
    }

    // The record of a ServerHello (RFC 8446 4.1.3).
    private static byte[] Hello(byte[] random, params byte[][] extensions)
    {
        var all = extensions.SelectMany(extension => extension).ToArray();
        byte[] hello = [3, 3, .. random, 0, 0x13, 0x01, 0, .. Length(all.Length), .. all];
        return [Handshake, 3, 3, .. Length(hello.Length + 4), 2, 0, .. Length(hello.Length), .. hello];
    }

    private static byte[] Extension(ushort type, byte[] data) => [.. Length(type), .. Length(data.Length), .. data];

    private static byte[] Length(int value) => [(byte)(value >> 8), (byte)value];

    // The same handshake in records of so many bytes.
    private static byte[] Resplit(ReadOnlySpan<byte> flight, int size)
    {
        var split = new List<byte>();
        while (flight.Length > 0)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(flight[3..]);
            var version = flight[1..3].ToArray();
            var type = flight[0];
            foreach (var part in flight.Slice(5, length).ToArray().Chunk(type == Handshake ? size : length))
            {
                split.AddRange([type, .. version, .. Length(part.Length), .. part]);
            }

            flight = flight[(5 + length)..];
        }

        return [.. split];
    }
}
