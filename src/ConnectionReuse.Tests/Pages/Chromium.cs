using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectionReuse.Bench.Running;
using Xunit;

namespace ConnectionReuse.Tests.Pages;

/// <summary>A browser without a window, spoken to over its own protocol: one for all tests of a class.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Announcement = "DevTools listening on ";

    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _answers = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<JsonNode>> _events = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _loads = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _end = new();
    private TemporaryFolder? _folder;
    private Process? _process;
    private ClientWebSocket? _socket;
    private Task _reading = Task.CompletedTask;
    private Task _draining = Task.CompletedTask;
    private int _last;

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Programs.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        _folder = TemporaryFolder.Create("browser");
        _process = Process.Start(new ProcessStartInfo(Program)
        {
            ArgumentList =
            {
                "--headless=new", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage", "--remote-debugging-port=0", $"--user-data-dir={_folder.FullName}",
                Environment.IsPrivilegedProcess ? "--no-sandbox" : "--mute-audio", // a container's root may not start its sandbox
                "about:blank",
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(patience.Token);
        }
        while (line is not null && !line.StartsWith(Announcement, StringComparison.Ordinal));

        _draining = Task.WhenAll(_process.StandardError.ReadToEndAsync(CancellationToken.None), _process.StandardOutput.ReadToEndAsync(CancellationToken.None)); // or it would wait for a reader
        _socket = new ClientWebSocket();
        await _socket.ConnectAsync(new Uri(line?[Announcement.Length..] ?? throw new IOException("the browser ended before it listened")), patience.Token);
        _reading = ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket?.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            await _draining;
            _process.Dispose();
        }

        if (_folder is not null)
        {
            await _folder.DisposeAsync();
        }

        _turn.Dispose();
        _end.Dispose();
    }

    /// <summary>Opens a page as a reader with some window and some taste would see it.</summary>
    internal async Task<BrowserPage> OpenAsync(string html, int width, bool dark = false, bool script = true)
    {
        Assert.SkipWhen(Program is null, "no browser here: apt-get install chromium");
        var file = Path.Combine(_folder!.FullName, $"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, html, TestContext.Current.CancellationToken);
        var target = (await SendAsync(null, "Target.createTarget", new { url = "about:blank" }))["targetId"]!.GetValue<string>();
        var session = (await SendAsync(null, "Target.attachToTarget", new { targetId = target, flatten = true }))["sessionId"]!.GetValue<string>();
        var events = _events.GetOrAdd(session, _ => new ConcurrentQueue<JsonNode>());
        var page = new BrowserPage((method, parameters) => SendAsync(session, method, parameters), events);
        await page.PrepareAsync(width, dark, script);
        var loaded = _loads[session] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.GoAsync(new Uri(file).AbsoluteUri);
        await loaded.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return page;
    }

    private async Task<JsonNode> SendAsync(string? session, string method, object parameters)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _answers[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = JsonSerializer.SerializeToNode(parameters) };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await _turn.WaitAsync(_end.Token);
        try
        {
            await _socket!.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, _end.Token);
        }
        finally
        {
            _turn.Release();
        }

        return await answer.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (!_end.IsCancellationRequested)
            {
                using var message = new MemoryStream();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket!.ReceiveAsync(buffer.AsMemory(), _end.Token);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);

                Take(JsonNode.Parse(message.ToArray())!);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            foreach (var answer in _answers.Values)
            {
                answer.TrySetException(new IOException("the browser has gone", e));
            }
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"]?.GetValue<int>() is { } id && _answers.TryRemove(id, out var answer))
        {
            if (message["error"] is { } error)
            {
                answer.SetException(new IOException(error.ToJsonString()));
            }
            else
            {
                answer.SetResult(message["result"]!);
            }
        }
        else if (message["sessionId"]?.GetValue<string>() is { } session)
        {
            _events.GetOrAdd(session, _ => new ConcurrentQueue<JsonNode>()).Enqueue(message);
            if (message["method"]!.GetValue<string>() == "Page.loadEventFired" && _loads.TryRemove(session, out var loaded))
            {
                loaded.SetResult();
            }
        }
    }
}
