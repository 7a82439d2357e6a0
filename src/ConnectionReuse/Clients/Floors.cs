using System.Net;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>The floor of <c>fresh</c>: a bare connection for each request, TLS sessions resumed.</summary>
internal sealed class FloorFresh : ClientPattern
{
    /// <inheritdoc/>
    public override string Id => "floor-fresh";

    /// <inheritdoc/>
    public override string Statement => "Connect(); Write(bytes); Read()";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Reference => "floor-shared";

    /// <inheritdoc/>
    public override string NotElsewhere(Version? httpVersion) => FloorConnection.OneAnswer;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new FloorFreshCaller(target, allowTlsResume: true);
}

/// <summary>The floor of <c>fresh-full</c>: a bare connection with a full handshake for each request.</summary>
internal sealed class FloorFreshFull : ClientPattern
{
    /// <inheritdoc/>
    public override string Id => "floor-fresh-full";

    /// <inheritdoc/>
    public override string Statement => "Connect(full); Write(bytes); Read()";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Reference => "floor-shared";

    /// <inheritdoc/>
    public override bool TlsOnly => true;

    /// <inheritdoc/>
    public override bool FullHandshakes => true;

    /// <inheritdoc/>
    public override string NotElsewhere(Version? httpVersion) => FloorConnection.OneAnswer;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new FloorFreshCaller(target, allowTlsResume: false);
}

/// <summary>The floor of <c>shared</c>: one bare connection for all requests.</summary>
internal sealed class FloorShared : ClientPattern
{
    /// <inheritdoc/>
    public override string Id => "floor-shared";

    /// <inheritdoc/>
    public override string Statement => "Write(bytes); Read()";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override string NotElsewhere(Version? httpVersion) => FloorConnection.OneAnswer;

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(target);

    private sealed class Caller(Target target) : ICaller
    {
        private readonly byte[] _request = FloorConnection.Request(target);
        private FloorConnection? _connection;

        public Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            _connection ??= FloorConnection.Open(target, target.EndPoint(), allowTlsResume: true);
            _connection.Exchange(_request);
            return Task.FromResult(HttpVersion.Version11);
        }

        public ValueTask DisposeAsync()
        {
            _connection?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

internal sealed class FloorFreshCaller(Target target, bool allowTlsResume) : ICaller
{
    private readonly byte[] _request = FloorConnection.Request(target);
    private readonly IPEndPoint _endPoint = target.EndPoint();

    public Task<Version> CallAsync(CancellationToken cancellationToken)
    {
        target.ClientCreated?.Invoke();
        using var connection = FloorConnection.Open(target, _endPoint, allowTlsResume);
        connection.Exchange(_request);
        return Task.FromResult(HttpVersion.Version11);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
