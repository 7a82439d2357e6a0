using System.Globalization;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>A new <see cref="HttpClient"/> after every so many requests, disposed: what lies between fresh and shared, a row of <c>Amortisation</c>.</summary>
/// <param name="each">Requests that each client makes.</param>
public abstract class PerClient(int each) : ClientPattern
{
    private const string Prefix = "per-client-";

    /// <inheritdoc/>
    public override int? RequestsPerClient => each;

    /// <inheritdoc/>
    public override string Id => Prefix + each.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string Statement => $"using var client = new HttpClient(); {each} x client.GetAsync(url)";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override int PrimingCalls => each;

    /// <inheritdoc/>
    public override int RequestsFor(int asked) => (asked + each - 1) / each * each;

    /// <inheritdoc/>
    public override ConnectionExpectation Expect(int requests) => new(requests / each, requests / each);

    /// <inheritdoc/>
    public override ICaller Open(Target target) => new Caller(new HttpClientFactory(target), each);

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
internal sealed class PerClient1() : PerClient(1);

/// <summary>2 requests for each client.</summary>
internal sealed class PerClient2() : PerClient(2);

/// <summary>5 requests for each client.</summary>
internal sealed class PerClient5() : PerClient(5);

/// <summary>10 requests for each client.</summary>
internal sealed class PerClient10() : PerClient(10);

/// <summary>100 requests for each client.</summary>
internal sealed class PerClient100() : PerClient(100);

/// <summary>1,000 requests for each client.</summary>
internal sealed class PerClient1000() : PerClient(1000);
