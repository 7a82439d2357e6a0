using System.Diagnostics;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Measuring;

/// <summary>Ways to make a head worse on purpose, to see that the gate notices.</summary>
internal enum Mutation
{
    /// <summary>Shared clients send <c>Connection: close</c> with 1 request in 20.</summary>
    CloseSome,

    /// <summary>Shared clients have a <c>PooledConnectionLifetime</c> of zero.</summary>
    NoLifetime,

    /// <summary>Shared clients make a new handler for each call.</summary>
    NewHandler,

    /// <summary>Every client allocates 1 kB more per request.</summary>
    AllocateMore,
}

/// <summary>Callers with something wrong in them.</summary>
internal static class Mutations
{
    private const int ClosesOneIn = 20;
    private const int MoreBytes = 1024;

    /// <summary>The pattern's caller, mutated where the mutation is about it.</summary>
    public static ICaller Open(ClientPattern pattern, Target target, Mutation? mutation)
    {
        return mutation switch
        {
            Mutation.AllocateMore => new Wasteful(pattern.Open(target)),
            Mutation.NewHandler when pattern.Reuses => new FreshClient().Open(target),
            Mutation.CloseSome when pattern.Reuses => new Pooled(target, Timeout.InfiniteTimeSpan, ClosesOneIn),
            Mutation.NoLifetime when pattern.Reuses => new Pooled(target, TimeSpan.Zero, int.MaxValue),
            _ => pattern.Open(target),
        };
    }

    private sealed class Wasteful(ICaller inner) : ICaller
    {
        private byte[] _waste = [];

        public Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            Volatile.Write(ref _waste, new byte[MoreBytes]);
            return inner.CallAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Pooled(Target target, TimeSpan lifetime, int closesOneIn) : ICaller
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = lifetime,
            SslOptions = { CertificateChainPolicy = target.Trust?.ChainPolicy() },
        });

        private int _calls;

        public async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target.Uri);
            request.Headers.ConnectionClose = ++_calls % closesOneIn == 0;
            using var response = await _client.SendAsync(request, cancellationToken);
            return response.EnsureSuccessStatusCode().Version;
        }

        public ValueTask DisposeAsync()
        {
            _client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A caller that works some time more in each call: a slowdown of known size.</summary>
/// <param name="inner">The caller that it slows down.</param>
internal sealed class SlowedCaller(ICaller inner) : ICaller
{
    /// <summary>So much more, as <see cref="Stopwatch"/> ticks.</summary>
    public long Ticks { get; set; }

    /// <inheritdoc/>
    public Task<Version> CallAsync(CancellationToken cancellationToken)
    {
        var end = Stopwatch.GetTimestamp() + Ticks;
        while (Stopwatch.GetTimestamp() < end)
        {
        }

        return inner.CallAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
