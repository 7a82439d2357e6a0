using System.Net;
using ConnectionReuse.Abstractions;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Guarded;

/// <summary>A client of the user's as a pattern.</summary>
/// <param name="client">The client.</param>
internal sealed class GuardedPattern(GuardedClient client) : ClientPattern
{
    /// <inheritdoc/>
    public override string Id => client.Id;

    /// <inheritdoc/>
    public override string Statement => client.Statement;

    /// <inheritdoc/>
    public override bool Reuses => client.Reuses;

    /// <inheritdoc/>
    public override string? Reference => null;

    /// <inheritdoc/>
    public override ConnectionExpectation Expect(int requests)
    {
        var carrying = client.ConnectionsFor(requests);
        return new ConnectionExpectation(carrying, client.Reuses ? 0 : carrying);
    }

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(client.Open(new GuardedServer(target.Uri, target.Trust?.Pem)));

    private sealed class Caller(IGuardedCalls calls) : ICaller
    {
        public async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            try
            {
                await calls.CallAsync(cancellationToken);
                return HttpVersion.Unknown; // the user's code does not tell
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new ExchangeException($"{e.GetType().Name}: {e.Message}"); // whatever it is, it is a failed call of the user's code
            }
        }

        public ValueTask DisposeAsync() => calls.DisposeAsync();
    }
}
