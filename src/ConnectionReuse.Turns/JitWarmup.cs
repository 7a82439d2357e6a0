using System.Runtime;

namespace ConnectionReuse.Turns;

/// <summary>
/// Warm-up by evidence: iterations until the JIT has compiled nothing new for a while. .NET compiles hot methods again in the
/// background, so a fixed number of warm-ups measures the compiler as often as the code.
/// </summary>
public static class JitWarmup
{
    /// <summary>Steps in a row without a new compilation. A step is an iteration, or as many short ones as fill <see cref="Step"/>.</summary>
    public const int Still = 3;

    /// <summary>Steps after which the warm-up gives up and says so.</summary>
    public const int Cap = 60;

    /// <summary>The shortest step: where several processes warm up on one core, a compiler's thread may wait for as long.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Repeats an iteration until the JIT stands still.</summary>
    /// <param name="iterate">One iteration.</param>
    /// <param name="compiledMethods">Methods compiled so far, as <see cref="JitInfo.GetCompiledMethodCount"/> counts them.</param>
    /// <param name="time">Measures the steps; null for the system's clock.</param>
    /// <returns>The iterations run, and whether the cap ended them.</returns>
    public static (int Iterations, bool Capped) Run(Action iterate, Func<long> compiledMethods, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(iterate);
        ArgumentNullException.ThrowIfNull(compiledMethods);
        var watch = new Watch(compiledMethods, time ?? TimeProvider.System);
        do
        {
            iterate();
        }
        while (watch.GoesOn());

        return watch.Outcome;
    }

    /// <summary>Repeats an asynchronous iteration until the JIT stands still.</summary>
    /// <inheritdoc cref="Run"/>
    public static async Task<(int Iterations, bool Capped)> RunAsync(Func<Task> iterate, Func<long> compiledMethods, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(iterate);
        ArgumentNullException.ThrowIfNull(compiledMethods);
        var watch = new Watch(compiledMethods, time ?? TimeProvider.System);
        do
        {
            await iterate();
        }
        while (watch.GoesOn());

        return watch.Outcome;
    }

    private sealed class Watch(Func<long> compiledMethods, TimeProvider time)
    {
        private long _compiled = compiledMethods();
        private long _step = time.GetTimestamp();
        private int _iterations;
        private int _steps;
        private int _still;

        public (int Iterations, bool Capped) Outcome => (_iterations, _still < Still);

        public bool GoesOn()
        {
            _iterations++;
            if (time.GetElapsedTime(_step) < Step)
            {
                return true;
            }

            _step = time.GetTimestamp();
            _steps++;
            var compiled = compiledMethods();
            _still = compiled == _compiled ? _still + 1 : 0;
            _compiled = compiled;
            return _steps < Cap && _still < Still;
        }
    }
}
