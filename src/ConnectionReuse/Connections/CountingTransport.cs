using System.IO.Pipelines;

namespace ConnectionReuse.Connections;

/// <summary>A connection's transport that reports the bytes passing through it, unchanged.</summary>
internal sealed class CountingTransport(IDuplexPipe inner, ServerConnectionCounter.CountedConnection connection) : IDuplexPipe
{
    public PipeReader Input { get; } = new CountingReader(inner.Input, connection);

    public PipeWriter Output { get; } = new CountingWriter(inner.Output, connection);

    private sealed class CountingReader(PipeReader inner, ServerConnectionCounter.CountedConnection connection) : PipeReader
    {
        private System.Buffers.ReadOnlySequence<byte> _buffer;

        public override bool TryRead(out ReadResult result)
        {
            var read = inner.TryRead(out result);
            _buffer = result.Buffer;
            return read;
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var pending = inner.ReadAsync(cancellationToken);
            return pending.IsCompletedSuccessfully ? new(Keep(pending.Result)) : Awaited(pending);

            async ValueTask<ReadResult> Awaited(ValueTask<ReadResult> read) => Keep(await read);
        }

        public override void AdvanceTo(SequencePosition consumed)
        {
            Count(consumed);
            inner.AdvanceTo(consumed);
        }

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            Count(consumed);
            inner.AdvanceTo(consumed, examined);
        }

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        private ReadResult Keep(ReadResult result)
        {
            _buffer = result.Buffer;
            return result;
        }

        private void Count(SequencePosition consumed)
        {
            connection.Received(_buffer.Slice(0, consumed).Length);
            _buffer = default;
        }
    }

    private sealed class CountingWriter(PipeWriter inner, ServerConnectionCounter.CountedConnection connection) : PipeWriter
    {
        private Memory<byte> _memory;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _memory = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            connection.Sent(_memory.Span[..bytes]);
            _memory = _memory[bytes..];
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.FlushAsync(cancellationToken);

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            connection.Sent(source.Span);
            return inner.WriteAsync(source, cancellationToken);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
