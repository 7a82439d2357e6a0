using System.Diagnostics.Tracing;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// Tells, inside a benchmark process, the iterations that enter the result from the others (jitting, pilot, warm-up, a
/// diagnoser's extra one), by the engine's own events.
/// </summary>
public sealed class ActualIterations : EventListener
{
    private const string Engine = "BenchmarkDotNet.EngineEventSource";
    private volatile bool _within;

    /// <summary>Whether an actual iteration ran since the last call.</summary>
    public bool TakeOne()
    {
        var ran = _within;
        _within = false;
        return ran;
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource?.Name == Engine)
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.EventName == "WorkloadActualStart")
        {
            _within = true;
        }
    }
}
