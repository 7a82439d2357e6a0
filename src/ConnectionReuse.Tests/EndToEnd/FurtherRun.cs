using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>One run for all that is looked at in the classes outside the default comparison: starting one takes longer than a row.</summary>
public sealed class FurtherRun : IAsyncLifetime
{
    internal const int Requests = 3;
    internal const string Small = "--offline --iterationCount 1 --warmupCount 1 --launchCount 1 --requests 3";

    // Of each question a row or two; the others are a long test's, and ClientPatternTests holds the counts of every pattern.
    private const string Rows =
        "*fresh-undisposed* *grpc-shared* *LosingReuse*server-closes* *LosingReuse*unread-below* "
        + "*per-client-2?) *per-client-10?) *http-1-bounded-in-flight-8* *http-2-in-flight-1?) *EmulatedLink*Shared*10* *PayloadsOverLink.Shared*64*down*";

    internal const string EveryRow =
        "*fresh-undisposed* *factory-* *ClientLifetimesGrpc* *LosingReuse*unread-* *LosingReuse*server-* "
        + "*Amortisation* *-in-flight-1?) *-in-flight-8?) *EmulatedLink*Shared* *PayloadsOverLink.*64*down*";

    private ProgramRun? _run;

    internal ProgramRun Run => _run!;

    public async ValueTask InitializeAsync() => _run = await ProgramRun.ToEndAsync($"{Small} --filter {Rows}");

    public ValueTask DisposeAsync()
    {
        _run?.Dispose();
        return default;
    }
}
