using BenchmarkDotNet.Engines;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>
/// The benchmark process's side of <see cref="TurnsToolchain"/>: from the actual run on, each iteration waits for its turn
/// before the benchmark's own iteration set-up.
/// </summary>
/// <typeparam name="TEngineFactory">Makes the engine.</typeparam>
public sealed class TurnTakingEngineFactory<TEngineFactory> : IEngineFactory
    where TEngineFactory : IEngineFactory, new()
{
    /// <inheritdoc/>
    public IEngine CreateReadyToRun(EngineParameters engineParameters)
    {
        ArgumentNullException.ThrowIfNull(engineParameters);
        var host = new TurnTakingHost(engineParameters.Host);
        var setup = engineParameters.IterationSetupAction;
        engineParameters.Host = host;
        engineParameters.IterationSetupAction = () =>
        {
            if (host.InActualRun)
            {
                host.WaitForTurn();
            }

            setup?.Invoke();
        };
        return new TEngineFactory().CreateReadyToRun(engineParameters);
    }

    /// <summary>
    /// BenchmarkDotNet's channel to the process that hands out the turns. The signal that begins the actual run is answered
    /// when it is this process's turn, so each iteration sends it once more, and the engine's own is kept back.
    /// </summary>
    private sealed class TurnTakingHost(IHost inner) : IHost, ITurns
    {
        public bool InActualRun { get; private set; }

        public void WaitForTurn() => inner.SendSignal(HostSignal.BeforeActualRun);

        public void SendSignal(HostSignal hostSignal)
        {
            if (hostSignal == HostSignal.BeforeActualRun)
            {
                InActualRun = true;
                return;
            }

            if (hostSignal == HostSignal.AfterActualRun)
            {
                InActualRun = false; // further iterations, such as a memory diagnoser's, are not in turns
            }

            inner.SendSignal(hostSignal);
        }

        public void Write(string message) => inner.Write(message);

        public void WriteLine() => inner.WriteLine();

        public void WriteLine(string message) => inner.WriteLine(message);

        public void SendError(string message) => inner.SendError(message);

        public void ReportResults(RunResults runResults) => inner.ReportResults(runResults);

        public void Dispose() => inner.Dispose();
    }
}
