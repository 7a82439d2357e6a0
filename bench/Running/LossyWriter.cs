using System.Text;

namespace ConnectionReuse.Bench.Running;

/// <summary>
/// A stream of the console, which may close or fill up while the program runs: what is written from then on is lost, and the
/// measurement goes on to its files. A reader that ends, such as <c>head</c>, is no loss.
/// </summary>
internal sealed class LossyWriter : TextWriter
{
    private readonly TextWriter _inner;

    private LossyWriter(TextWriter inner, string? loss) => (_inner, Loss) = (inner, loss);

    /// <summary>Why something was lost; null while nothing was.</summary>
    public string? Loss { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => _inner.Encoding;

    /// <summary>Wraps a stream, which may not even open.</summary>
    public static LossyWriter Over(Func<TextWriter> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        try
        {
            return new LossyWriter(open(), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new LossyWriter(Null, Cause.Of(e));
        }
    }

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => _inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => _inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => _inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => _inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(_inner.Flush);

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
