using System.Buffers.Binary;

namespace ConnectionReuse.Diagnosis;

/// <summary>Looks for GOAWAY (RFC 9113 6.8) among the frames that a server sends in the clear. Over TLS it sees nothing.</summary>
internal sealed class Http2Watch
{
    private const int FrameHeader = 9;
    private const byte Settings = 4;
    private const byte GoAwayType = 7;

    private readonly byte[] _header = new byte[FrameHeader];
    private int _have;
    private int _skip;
    private bool _first = true;
    private bool _other;

    /// <summary>Whether one was seen.</summary>
    public bool GoAway { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_other)
        {
            if (_skip > 0)
            {
                var skipped = Math.Min(_skip, bytes.Length);
                _skip -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _header[_have++] = bytes[0];
            bytes = bytes[1..];
            if (_have == FrameHeader)
            {
                Frame();
            }
        }
    }

    // What does not begin with SETTINGS is HTTP/1 or TLS.
    private void Frame()
    {
        var type = _header[3];
        _other = _first && type != Settings;
        GoAway |= !_other && type == GoAwayType;
        _first = false;
        _have = 0;
        _skip = BinaryPrimitives.ReadInt32BigEndian(_header) >>> 8;
    }
}
