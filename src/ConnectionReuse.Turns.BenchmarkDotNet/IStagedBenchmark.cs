namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>A benchmark class that is told which stage its process is in; the engine factories of this package call it.</summary>
public interface IStagedBenchmark
{
    /// <summary>The timed iterations of a launch, where the job does not set them. Asked after the warm-up.</summary>
    int Iterations { get; }

    /// <summary>The process begins, before its global set-up.</summary>
    /// <param name="benchmark">The benchmark's full name, parameters included.</param>
    /// <param name="iterate">Runs the body once, outside of what is timed.</param>
    void Begin(string benchmark, Action iterate);

    /// <summary>The process has never run its body; in turn, while every other process of the group waits. After the global set-up.</summary>
    void RunFirst();

    /// <summary>The warm-up begins, side by side with those of the group.</summary>
    void BeginWarmup();

    /// <summary>The warm-up has ended. One rehearsal follows, which is not timed.</summary>
    /// <param name="iterations">How long it took.</param>
    /// <param name="capped">Whether the JIT was still at work.</param>
    void WarmedUp(int iterations, bool capped);

    /// <summary>The rehearsal has ended: the timed iterations follow.</summary>
    void Rehearsed();

    /// <summary>An iteration failed; the process ends.</summary>
    void Fail(Exception exception);

    /// <summary>What the process notes down beside its times, in one line; asked after the global clean-up, or after a failure.</summary>
    string Note();
}
