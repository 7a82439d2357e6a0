namespace ConnectionReuse.Testing;

/// <summary>What happened in the HTTP client of this process, told in the execution context of the request that caused it.</summary>
internal interface IHttpEvents
{
    void RequestStarted(Origin origin);

    void RequestStopped();

    void RequestFailed();

    void ConnectionOpened(long id, Origin origin, string version);

    void RequestCarried(long id);

    void Answered(Origin origin, bool closing);
}
