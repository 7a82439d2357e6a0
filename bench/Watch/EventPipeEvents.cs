using System.Diagnostics.Tracing;
using ConnectionReuse.Bench.Running;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace ConnectionReuse.Bench.Watch;

/// <summary>
/// The events of a running application, over its diagnostic port, until it ends or this is disposed. The session ends with the
/// connection to the port, so that nothing is left in the application even where this process is killed.
/// </summary>
internal sealed class EventPipeEvents : IAsyncDisposable
{
    // Room for some hundred thousand events; the application takes of it what it needs.
    private const int BufferMegabytes = 16;

    // Of its own events every EventSource sends those without keywords, whatever is asked for: this asks for no others,
    // and so for no messages of failures.
    private const long NoOthers = 1L << 40;
    private const long ActivityIds = 0x80; // without it no event says which call it belongs to

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly EventPipeSession _session;
    private readonly EventPipeEventSource _source;
    private readonly Task _reading;

    private EventPipeEvents(EventPipeSession session, Action<WatchEvent> tell)
    {
        _session = session;
        _source = new EventPipeEventSource(session.EventStream);
        _source.Dynamic.All += read =>
        {
            if (EventPipeTranslation.Of(read) is { } told)
            {
                tell(told);
            }
        };
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Completes when the application sends no more.</summary>
    public Task Ended => _reading;

    /// <summary>Events that the application dropped, once there are no more.</summary>
    public int Lost => _source.EventsLost;

    /// <summary>Starts listening.</summary>
    /// <param name="process">The application.</param>
    /// <param name="tell">Told every event, on a thread of its own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UserException">The application does not let itself be watched.</exception>
    public static async Task<EventPipeEvents> StartAsync(WatchedProcess process, Action<WatchEvent> tell, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(Patience);
        try
        {
            EventPipeProvider[] providers =
            [
                new(EventPipeTranslation.Http, EventLevel.Informational, NoOthers),
                new(EventPipeTranslation.Security, EventLevel.Informational, NoOthers),
                new("System.Threading.Tasks.TplEventSource", EventLevel.Informational, ActivityIds),
            ];

            // No stack of any event, which is most of what one costs the application.
            var asked = new EventPipeSessionConfiguration(providers, BufferMegabytes, requestRundown: false, requestStackwalk: false);
            var session = await new DiagnosticsClient(process.Id).StartEventPipeSessionAsync(asked, waiting.Token);
            return new EventPipeEvents(session, tell);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CannotBegin(process, "it did not answer; it may be suspended or in a debugger");
        }
        catch (Exception e) when (e is DiagnosticsClientException or TimeoutException)
        {
            throw CannotBegin(process, e.Message);
        }
    }

    /// <summary>Ends the session and waits for the events that are on their way.</summary>
    public async Task StopAsync()
    {
        if (_reading.IsCompleted)
        {
            return;
        }

        using var waiting = new CancellationTokenSource(Patience);
        try
        {
            await _session.StopAsync(waiting.Token);
            await _reading.WaitAsync(waiting.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or DiagnosticsClientException or IOException)
        {
            // it ended meanwhile, or is suspended: closing the connection ends the session all the same
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _session.Dispose();
        await _reading;
        _source.Dispose();
    }

    private void Read()
    {
        try
        {
            _source.Process();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or FormatException)
        {
            // the stream ends within an event when the application is killed
        }
    }

    private static UserException CannotBegin(WatchedProcess process, string why) => new(ExitCode.CouldNotMeasure, $"{process.Id} ({process.Name}) cannot be watched: {why}");
}
