namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>Lets the pool have threads at once: BenchmarkDotNet blocks one for each process, and the pool adds two a second.</summary>
internal sealed class PoolThreads : IDisposable
{
    private readonly int _workers;
    private readonly int _completionPorts;

    public PoolThreads(int more)
    {
        ThreadPool.GetMinThreads(out _workers, out _completionPorts);
        ThreadPool.SetMinThreads(_workers + more, _completionPorts);
    }

    public void Dispose() => ThreadPool.SetMinThreads(_workers, _completionPorts);
}
