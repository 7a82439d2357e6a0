namespace ConnectionReuse.Bench.Watch;

/// <summary>
/// How a connection came to its end. The order of the events tells: a pool that must not keep a connection closes it when the
/// content has been read, before the call is over; a client can be disposed only after that; and what a pool finds closed
/// when a call wants it, it closes within that call.
/// </summary>
internal enum ConnectionEnd
{
    /// <summary>Within its call, which was answered: the server or the request asked for it.</summary>
    WithResponse,

    /// <summary>With a call that failed or was cancelled.</summary>
    WithFailure,

    /// <summary>Within a later call that wanted it and found it closed or too old.</summary>
    FoundUnusable,

    /// <summary>Right after its call and outside of any: its handler was disposed.</summary>
    AfterCall,

    /// <summary>After a while without a call, outside of any.</summary>
    WhenIdle,

    /// <summary>Right after a call whose content was streamed: with the end of the content or with its handler, which the events do not tell.</summary>
    AfterStreaming,

    /// <summary>It carried no call while watched.</summary>
    Unknown,
}
