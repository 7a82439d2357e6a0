using System.Runtime;

namespace ConnectionReuse.Turns;

/// <summary>
/// Warm-up by evidence: iterations until the JIT has compiled nothing new over three of them. .NET compiles hot methods
/// again in the background, so a fixed number of warm-ups measures the compiler as often as the code.
/// </summary>
public static class JitWarmup
{
    /// <summary>Iterations in a row without a new compilation.</summary>
    public const int Still = 3;

    /// <summary>Iterations after which the warm-up gives up and says so.</summary>
    public const int Cap = 60;

    /// <summary>Repeats an iteration until the JIT stands still.</summary>
    /// <param name="iterate">One iteration.</param>
    /// <param name="compiledMethods">Methods compiled so far, as <see cref="JitInfo.GetCompiledMethodCount"/> counts them.</param>
    /// <returns>The iterations run, and whether the cap ended them.</returns>
    public static (int Iterations, bool Capped) Run(Action iterate, Func<long> compiledMethods)
    {
        ArgumentNullException.ThrowIfNull(iterate);
        ArgumentNullException.ThrowIfNull(compiledMethods);
        var watch = new Watch(compiledMethods);
        do
        {
            iterate();
        }
        while (watch.GoesOn());

        return watch.Outcome;
    }

    /// <summary>Repeats an asynchronous iteration until the JIT stands still.</summary>
    /// <inheritdoc cref="Run"/>
    public static async Task<(int Iterations, bool Capped)> RunAsync(Func<Task> iterate, Func<long> compiledMethods)
    {
        ArgumentNullException.ThrowIfNull(iterate);
        ArgumentNullException.ThrowIfNull(compiledMethods);
        var watch = new Watch(compiledMethods);
        do
        {
            await iterate();
        }
        while (watch.GoesOn());

        return watch.Outcome;
    }

    private sealed class Watch(Func<long> compiledMethods)
    {
        private long _compiled = compiledMethods();
        private int _iterations;
        private int _still;

        public (int Iterations, bool Capped) Outcome => (_iterations, _still < Still);

        public bool GoesOn()
        {
            var compiled = compiledMethods();
            _still = compiled == _compiled ? _still + 1 : 0;
            _compiled = compiled;
            return ++_iterations < Cap && _still < Still;
        }
    }
}
