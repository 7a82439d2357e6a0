using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// The plain program that the suite is held against: a loop around a stopwatch, without BenchmarkDotNet, counters or
/// any of the suite's client code. It repeats the loop whenever it is asked over a loopback port.
/// </summary>
public static class PlainLoop
{
    private const int WarmupRequests = 20_000;

    /// <summary>Warms up, prints its port as a line, and serves one asker after another until cancelled.</summary>
    public static async Task ServeAsync(Target target, TextWriter output, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = { CertificateChainPolicy = target.Trust!.ChainPolicy() },
        };
        using var client = new HttpClient(handler);
        await TimeAsync(client, target.Uri, WarmupRequests);

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await output.WriteLineAsync(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        await output.FlushAsync(cancellationToken);
        while (true)
        {
            using var asker = await listener.AcceptTcpClientAsync(cancellationToken);
            asker.NoDelay = true;
            using var reader = new StreamReader(asker.GetStream());
            await using var writer = new StreamWriter(asker.GetStream()) { AutoFlush = true };
            while (await reader.ReadLineAsync(cancellationToken) is { } requests)
            {
                Comparison.LetTheCompilerFinish(); // as before an iteration of the suite
                var seconds = await TimeAsync(client, target.Uri, int.Parse(requests, CultureInfo.InvariantCulture));
                await writer.WriteLineAsync(seconds.ToString("R", CultureInfo.InvariantCulture));
            }
        }
    }

    private static async Task<double> TimeAsync(HttpClient client, Uri uri, int requests)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < requests; i++)
        {
            using var response = await client.GetAsync(uri);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength != LocalResponse.Body.Length)
            {
                throw new InvalidOperationException($"the control answered {response.StatusCode}");
            }
        }

        return watch.Elapsed.TotalSeconds;
    }
}
