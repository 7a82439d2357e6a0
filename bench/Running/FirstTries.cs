using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Running;

/// <summary>An address of a name that is tried before the one that answers, for each connection anew.</summary>
/// <param name="Address">The address.</param>
/// <param name="Reason">Why it did not connect.</param>
/// <param name="Elapsed">What the try cost.</param>
internal sealed record FirstTry(IPAddress Address, string Reason, TimeSpan Elapsed)
{
    /// <summary>In words, such as <c>[::1]:80 (refused after 0.1 ms)</c>.</summary>
    public string Words(int port) => string.Create(CultureInfo.InvariantCulture, $"{new IPEndPoint(Address, port)} ({Reason} after {Elapsed.TotalMilliseconds:0.0} ms)");
}

/// <summary>Finds out which addresses of a name a client tries in vain, one after the other as HttpClient does.</summary>
internal static class FirstTries
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is said of a row that opened connections; null where nothing was tried in vain.</summary>
    /// <param name="tries">What each of them tried.</param>
    /// <param name="url">Whom it calls.</param>
    /// <param name="row">The row.</param>
    public static string? Reason(IReadOnlyList<FirstTry> tries, Uri url, ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(tries);
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(row);
        return tries.Count == 0 || row.Counts?.Opened is null or 0
            ? null
            : $"each of its connections first tried {string.Join(", ", tries.Select(each => each.Words(url.Port)))}: {url.Host} names more addresses than answer";
    }

    /// <summary>Those of a request, which through a proxy, or to an address that the user named, tries no other.</summary>
    public static async Task<IReadOnlyList<FirstTry>> OfAsync(OwnRequest request, Uri url, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(url);
        return request.Proxy is null && request.AddressOf(url.Host, url.Port) is null ? await OfAsync(url, time, cancellationToken) : [];
    }

    /// <summary>Connects once, without a request, where a name has several addresses.</summary>
    /// <returns>The tries that failed before one that did not; none where all fail, which the calls will tell.</returns>
    public static async Task<IReadOnlyList<FirstTry>> OfAsync(Uri url, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        try
        {
            return await OfAsync(await Dns.GetHostAddressesAsync(url.Host, cancellationToken), url.Port, time, cancellationToken);
        }
        catch (SocketException)
        {
            return []; // the name is not known
        }
    }

    /// <summary>Connects to one address after the other until one answers.</summary>
    internal static async Task<IReadOnlyList<FirstTry>> OfAsync(IReadOnlyList<IPAddress> addresses, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var tries = new List<FirstTry>();
        foreach (var address in addresses.Count > 1 ? addresses : [])
        {
            var start = time.GetTimestamp();
            if (await ReasonAsync(address, port, cancellationToken) is not { } reason)
            {
                return tries;
            }

            tries.Add(new FirstTry(address, reason, time.GetElapsedTime(start)));
        }

        return [];
    }

    private static async Task<string?> ReasonAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, port, patience.Token);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused ? "refused" : e.Message.TrimEnd('.');
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "no answer";
        }
    }
}
