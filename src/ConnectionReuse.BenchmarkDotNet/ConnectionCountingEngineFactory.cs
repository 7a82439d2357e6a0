using BenchmarkDotNet.Engines;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// The benchmark process's side of <see cref="ConnectionsDiagnoserAttribute"/>: BenchmarkDotNet's own engine, with connections counted
/// inside the timed iterations and nowhere else.
/// </summary>
public sealed class ConnectionCountingEngineFactory : IEngineFactory
{
    /// <inheritdoc/>
    public IEngine CreateReadyToRun(EngineParameters engineParameters)
    {
        ArgumentNullException.ThrowIfNull(engineParameters);
        if (Environment.GetEnvironmentVariable(ConnectionsDiagnoser.FileVariable) is { Length: > 0 } path)
        {
            var host = new CountingHost(engineParameters.Host, path);
            engineParameters.Host = host;
            engineParameters.WorkloadActionNoUnroll = host.Count(engineParameters.WorkloadActionNoUnroll);
            engineParameters.WorkloadActionUnroll = host.Count(engineParameters.WorkloadActionUnroll);
        }

        return new EngineFactory().CreateReadyToRun(engineParameters);
    }

    /// <summary>BenchmarkDotNet's channel, whose signals say when the timed iterations begin and end.</summary>
    private sealed class CountingHost(IHost inner, string path) : IHost
    {
        private ConnectionCounter? _counter;

        public Action<long> Count(Action<long> workload) => invocations =>
        {
            _counter?.Begin();
            workload(invocations);
            _counter?.End();
        };

        public void SendSignal(HostSignal hostSignal)
        {
            if (hostSignal == HostSignal.BeforeActualRun)
            {
                _counter = new ConnectionCounter();
            }
            else if (hostSignal == HostSignal.AfterActualRun && _counter is { } counter)
            {
                File.WriteAllText(path, counter.Counts.ToLine());
                counter.Dispose();
                _counter = null;
            }

            inner.SendSignal(hostSignal);
        }

        public void Write(string message) => inner.Write(message);

        public void WriteLine() => inner.WriteLine();

        public void WriteLine(string message) => inner.WriteLine(message);

        public void SendError(string message) => inner.SendError(message);

        public void ReportResults(RunResults runResults) => inner.ReportResults(runResults);

        public void Dispose()
        {
            _counter?.Dispose();
            inner.Dispose();
        }
    }
}
