using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;

namespace ConnectionReuse.Links;

/// <summary>One direction of a relayed connection: bytes in as they come, out when <see cref="SendWindow"/> says.</summary>
/// <param name="open">The direction's window, made when its first bytes come.</param>
/// <param name="timer">Whose clock counts.</param>
internal sealed class RelayFlow(Func<TimeSpan, SendWindow> open, PreciseTimer timer) : IDisposable
{
    private const int ReadBytes = 32 * 1024;

    // No more than a window is ever in flight, so a sender that waits here waits for nothing that could leave.
    private static readonly PipeOptions Bounded = new(
        pauseWriterThreshold: SendWindow.LargestBytes,
        resumeWriterThreshold: SendWindow.LargestBytes / 2,
        minimumSegmentSize: ReadBytes,
        useSynchronizationContext: false);

    private readonly Pipe _bytes = new(Bounded);
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>(new() { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _receiverGone = new();
    private TimeSpan _end;
    private bool _reset;

    /// <summary>Reads until the sender ends.</summary>
    public async Task FillAsync(Socket sender, CancellationToken cancellationToken)
    {
        SendWindow? window = null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _receiverGone.Token);
        try
        {
            int read;
            do
            {
                read = await sender.ReceiveAsync(_bytes.Writer.GetMemory(ReadBytes), ending.Token);
                var now = PreciseTimer.Now;
                window ??= open(now);
                if (read == 0)
                {
                    _end = window.Close(now);
                    break;
                }

                _bytes.Writer.Advance(read);
                var room = _bytes.Writer.FlushAsync(ending.Token);
                foreach (var arrival in window.Send(read, now))
                {
                    _arrivals.Writer.TryWrite(arrival);
                }

                await room;
            }
            while (read > 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            var now = PreciseTimer.Now;
            _end = (window ?? open(now)).Close(now);
            _reset = true;
        }

        await _bytes.Writer.CompleteAsync();
        _arrivals.Writer.Complete();
    }

    /// <summary>Sends what has arrived, and at last the sender's end: FIN for FIN, RST for any other.</summary>
    public async Task DrainAsync(Socket receiver, CancellationToken cancellationToken)
    {
        try
        {
            while (await _arrivals.Reader.WaitToReadAsync(cancellationToken))
            {
                while (_arrivals.Reader.TryRead(out var arrival))
                {
                    await timer.WaitUntilAsync(arrival.At, cancellationToken);
                    await SendAsync(receiver, arrival.Bytes + DueBytes(), cancellationToken);
                }
            }

            await timer.WaitUntilAsync(_end, cancellationToken);
            if (_reset)
            {
                receiver.Close(timeout: 0);
            }
            else
            {
                receiver.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The receiver is gone: the other direction takes the news back, and this one has nobody to read for.
            receiver.Close(timeout: 0);
            await _receiverGone.CancelAsync();
        }

        await _bytes.Reader.CompleteAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _receiverGone.Dispose();

    private int DueBytes()
    {
        var bytes = 0;
        var now = PreciseTimer.Now;
        while (_arrivals.Reader.TryPeek(out var next) && next.At <= now && _arrivals.Reader.TryRead(out next))
        {
            bytes += next.Bytes;
        }

        return bytes;
    }

    private async Task SendAsync(Socket receiver, int bytes, CancellationToken cancellationToken)
    {
        var unsent = (await _bytes.Reader.ReadAtLeastAsync(bytes, cancellationToken)).Buffer.Slice(0, bytes);
        foreach (var segment in unsent)
        {
            for (var sent = 0; sent < segment.Length;)
            {
                sent += await receiver.SendAsync(segment[sent..], cancellationToken);
            }
        }

        _bytes.Reader.AdvanceTo(unsent.End);
    }
}
