using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ConnectionReuse.Production;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectionReuse.Testing.Tests.Production;

/// <summary>The rate that the page of production computes from two metrics, against the connections that the server accepts.</summary>
public sealed class ReuseRateTests
{
    private const int Requests = 100;

    [Fact]
    public async Task Fresh_clients_reuse_none()
    {
        await using var server = await CountingServer.StartAsync();
        using var rate = new ReuseRate(server.Address.Port);

        await Calls.FreshAsync(server.Address, Requests);

        Assert.Equal((Requests, Requests, 0.0, Requests), (rate.Requests, rate.Waited, rate.Value, server.Accepted));
    }

    [Fact]
    public async Task A_warm_client_reuses_all_and_a_cold_one_all_but_the_first()
    {
        await using var server = await CountingServer.StartAsync();
        using var client = new HttpClient();
        using (var cold = new ReuseRate(server.Address.Port))
        {
            await Calls.SharedAsync(client, server.Address, Requests);
            Assert.Equal((Requests, 1, 0.99), (cold.Requests, cold.Waited, cold.Value));
        }

        using var warm = new ReuseRate(server.Address.Port);
        await Calls.SharedAsync(client, server.Address, Requests);

        Assert.Equal((Requests, 0, 1.0, 1), (warm.Requests, warm.Waited, warm.Value, server.Accepted));
    }

    [Fact]
    public async Task A_server_that_closes_leaves_none_to_reuse()
    {
        await using var server = await CountingServer.StartAsync(context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        using var client = new HttpClient();
        using var rate = new ReuseRate(server.Address.Port);

        await Calls.SharedAsync(client, server.Address, Requests);

        Assert.Equal((Requests, Requests, Requests), (rate.Requests, rate.Waited, server.Accepted));
    }

    [Fact]
    public async Task Twenty_requests_at_once_wait_for_a_connection_each()
    {
        const int AtOnce = 20;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        await using var server = await CountingServer.StartAsync(_ =>
        {
            if (Interlocked.Increment(ref waiting) == AtOnce)
            {
                all.SetResult();
            }

            return all.Task;
        });
        using var client = new HttpClient();
        using var rate = new ReuseRate(server.Address.Port);

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => client.GetStringAsync(server.Address, TestContext.Current.CancellationToken)));
        await Calls.SharedAsync(client, server.Address, Requests - AtOnce);

        Assert.Equal((Requests, AtOnce, AtOnce), (rate.Requests, rate.Waited, server.Accepted));
    }

    [Fact]
    public async Task A_cold_client_of_HTTP_2_waits_once()
    {
        await using var server = await CountingServer.StartAsync(_ => Task.CompletedTask, HttpProtocols.Http2);
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var rate = new ReuseRate(server.Address.Port);

        await Calls.SharedAsync(client, server.Address, Requests);

        Assert.Equal((Requests, 1, 1), (rate.Requests, rate.Waited, server.Accepted));
    }

    [Fact]
    public async Task The_metric_of_connection_durations_misses_a_client_that_is_never_disposed()
    {
        var ended = new List<int>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, meters) =>
            {
                if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.connection.duration" })
                {
                    meters.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            lock (ended)
            {
                ended.Add((int)tags.ToArray().Single(tag => tag.Key == "server.port").Value!);
            }
        });
        listener.Start();
        await using var disposed = await CountingServer.StartAsync();
        await using var kept = await CountingServer.StartAsync();
        using var client = new HttpClient();

        await Calls.SharedAsync(client, kept.Address, 3);
        await Calls.FreshAsync(disposed.Address, 3);

        lock (ended)
        {
            Assert.Equal((3, 0), (ended.Count(port => port == disposed.Address.Port), ended.Count(port => port == kept.Address.Port)));
        }
    }

    [Fact]
    public async Task Rule_and_panel_ask_for_the_two_metrics_as_Prometheus_names_them()
    {
        const string Waited = "http_client_request_time_in_queue_seconds_count";
        const string All = "http_client_request_duration_seconds_count";
        var rules = File.ReadAllText(Path.Combine(Folder(), "reuse-rules.yml"));
        using var panel = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "reuse-panel.json")));
        var expression = panel.RootElement.GetProperty("targets")[0].GetProperty("expr").GetString()!;

        // The same formula in both, but for the range.
        static string Plain(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace("$__rate_interval", "5m", StringComparison.Ordinal);
        Assert.Contains(Plain(expression), Plain(rules), StringComparison.Ordinal);
        Assert.Contains(Waited, expression, StringComparison.Ordinal);
        Assert.Contains(All, expression, StringComparison.Ordinal);

        // A dot becomes an underscore, and the unit and _count are appended: from the instruments themselves.
        await using var server = await CountingServer.StartAsync();
        await Calls.FreshAsync(server.Address, 1); // a client makes its instruments when it first sends
        Assert.Equal([All, Waited], InstrumentsOf("http.client.request.duration", "http.client.request.time_in_queue")
            .Select(instrument => $"{instrument.Name.Replace('.', '_')}_{(instrument.Unit == "s" ? "seconds" : instrument.Unit)}_count"));
    }

    private static List<Instrument> InstrumentsOf(params string[] names)
    {
        var found = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == "System.Net.Http" && names.Contains(instrument.Name))
                {
                    found.Add(instrument);
                }
            },
        };
        listener.Start();
        return [.. found.DistinctBy(instrument => instrument.Name).OrderBy(instrument => instrument.Name, StringComparer.Ordinal)];
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "Production");
}
