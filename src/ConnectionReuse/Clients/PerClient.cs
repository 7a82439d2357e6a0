using System.Globalization;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>A new <see cref="HttpClient"/> after every so many requests, disposed: what lies between fresh and shared, a row of <c>Amortisation</c>.</summary>
/// <param name="requests">Requests that each client makes.</param>
public abstract class PerClient(int requests) : ClientPattern
{
    private const string Prefix = "per-client-";

    /// <summary>Requests that each client makes.</summary>
    public int RequestsPerClient => requests;

    /// <inheritdoc/>
    public override string Id => Prefix + requests.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string Statement => $"using var client = new HttpClient(); {requests} x client.GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override int PrimingCalls => requests;

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => (asked + requests - 1) / requests * requests;

    /// <inheritdoc/>
    public override ConnectionExpectation Expect(int requests) => new(requests / RequestsPerClient, requests / RequestsPerClient);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(new HttpClientFactory(target), requests);

    private sealed class Caller(HttpClientFactory clients, int requests) : ICaller
    {
        private HttpClient? _client;
        private int _made;

        public async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            _client ??= clients.Create();
            var version = await Exchange.GetAsync(_client, clients.Target, cancellationToken);
            if (++_made % requests == 0)
            {
                _client.Dispose();
                _client = null;
            }

            return version;
        }

        public ValueTask DisposeAsync()
        {
            _client?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>1 request for each client.</summary>
public sealed class PerClient1() : PerClient(1);

/// <summary>2 requests for each client.</summary>
public sealed class PerClient2() : PerClient(2);

/// <summary>5 requests for each client.</summary>
public sealed class PerClient5() : PerClient(5);

/// <summary>10 requests for each client.</summary>
public sealed class PerClient10() : PerClient(10);

/// <summary>100 requests for each client.</summary>
public sealed class PerClient100() : PerClient(100);

/// <summary>1,000 requests for each client.</summary>
public sealed class PerClient1000() : PerClient(1000);
