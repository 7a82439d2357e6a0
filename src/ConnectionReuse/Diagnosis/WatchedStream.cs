namespace ConnectionReuse.Diagnosis;

/// <summary>A connection's transport below TLS, unchanged, that tells <see cref="WatchedConnection"/> what passes and who ends it.</summary>
internal sealed class WatchedStream(Stream inner, WatchedConnection connection) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return Came(buffer.Span, read);
        }
        catch (IOException e)
        {
            Failed(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Came(buffer, inner.Read(buffer));
        }
        catch (IOException e)
        {
            Failed(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
            connection.Went();
        }
        catch (IOException e)
        {
            Failed(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        connection.Went();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Closing();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // A read into no room waits for bytes and takes none: its 0 is no end.
    private int Came(ReadOnlySpan<byte> buffer, int read)
    {
        if (read > 0)
        {
            connection.Came(buffer[..read]);
        }
        else if (!buffer.IsEmpty)
        {
            connection.Ended(ConnectionEnd.ServerCloses);
        }

        return read;
    }

    private void Failed(IOException error)
    {
        if (WatchedConnection.OfError(error) is { } how)
        {
            connection.Ended(how);
        }
    }
}
