namespace ConnectionReuse.Abstractions;

/// <summary>Makes one call after another.</summary>
public interface IGuardedCalls : IAsyncDisposable
{
    /// <summary>Makes one call and reads its answer to the end. An exception is a failed call, and the gate shows its message.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task CallAsync(CancellationToken cancellationToken);
}
