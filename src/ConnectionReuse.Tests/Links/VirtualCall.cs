using ConnectionReuse.Links;

namespace ConnectionReuse.Tests.Links;

/// <summary>
/// A call over two send windows on a virtual clock: the flights of its protocol, each sent when the one before has
/// arrived, as <see cref="Relay"/> would let them through.
/// </summary>
internal sealed class VirtualCall(Link link)
{
    private SendWindow? _up;
    private SendWindow? _down;
    private TimeSpan _now;

    /// <summary>Bytes of the client's and the server's flights before the request, by what is opened.</summary>
    public static IReadOnlyList<(int Up, int Down)> Handshake(CallKind kind) => kind switch
    {
        CallKind.Tls13 => [(300, 1_500)], // ClientHello; ServerHello to Finished. The client's Finished goes with the request.
        CallKind.Tls12Resumed => [(500, 200)], // ClientHello; ServerHello to Finished. The client's Finished goes with the request.
        CallKind.Tls12Full => [(300, 1_200), (130, 250)], // ClientHello; ServerHello to Done; key exchange and Finished; Finished
        _ => [],
    };

    /// <summary>Runs a call; a second one shares the connection of the first.</summary>
    /// <returns>Its time.</returns>
    public TimeSpan Run(CallKind kind, int responseBytes, TimeSpan serverTime)
    {
        var start = _now;
        _up ??= new SendWindow(link, opens: _now + link.RoundTripTime);
        _down ??= new SendWindow(link, opens: _now + (1.5 * link.RoundTripTime));
        foreach (var (up, down) in Handshake(kind))
        {
            _now = _up.Send(up, _now)[^1].At;
            _now = _down.Send(down, _now)[^1].At;
        }

        _now = _up.Send(200, _now)[^1].At + serverTime;
        _now = _down.Send(responseBytes, _now)[^1].At;
        return _now - start;
    }
}
