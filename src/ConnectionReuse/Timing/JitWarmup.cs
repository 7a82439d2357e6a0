using System.Runtime;

namespace ConnectionReuse.Timing;

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
        var still = 0;
        for (var iterations = 1; iterations <= Cap; iterations++)
        {
            var before = compiledMethods();
            iterate();
            still = compiledMethods() == before ? still + 1 : 0;
            if (still == Still)
            {
                return (iterations, false);
            }
        }

        return (Cap, true);
    }
}
