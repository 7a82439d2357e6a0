using System.Text;

namespace ConnectionReuse.Bench.Running;

/// <summary>
/// A stream of the console, which may close or fill up while the program runs: what is written from then on is lost, and the
/// measurement goes on to its files. A reader that ends, such as <c>head</c>, is no loss.
/// </summary>
internal sealed class LossyWriter : TextWriter
{
    private readonly TextWriter _inner;
    private readonly Action<string?>? _before;

    private LossyWriter(TextWriter inner, string? loss, Action<string?>? before) => (_inner, Loss, _before) = (inner, loss, before);

    /// <summary>Why something was lost; null while nothing was.</summary>
    public string? Loss { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => _inner.Encoding;

    /// <summary>Wraps a stream, which may not even open.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="before">Told before something is written, with the line where it is a whole one.</param>
    public static LossyWriter Over(Func<TextWriter> open, Action<string?>? before = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        try
        {
            return new LossyWriter(open(), null, before);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new LossyWriter(Null, Cause.Of(e), before);
        }
    }

    /// <inheritdoc/>
    public override void Write(char value) => Try(null, () => _inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(null, () => _inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(null, () => _inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(value, () => _inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(_inner.Flush);

    private void Try(string? line, Action write)
    {
        _before?.Invoke(line);
        Try(write);
    }

    private void Try(Action write)
    {
        if (Loss is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Loss = Cause.Of(e);
        }
    }
}
