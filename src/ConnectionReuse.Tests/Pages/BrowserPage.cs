using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Xunit;

namespace ConnectionReuse.Tests.Pages;

/// <summary>A page that a browser shows.</summary>
/// <param name="send">Sends a command of the browser's protocol.</param>
/// <param name="events">What the browser told of the page.</param>
internal sealed class BrowserPage(Func<string, object, Task<JsonNode>> send, ConcurrentQueue<JsonNode> events)
{
    private static readonly string[] Complaints = ["Runtime.exceptionThrown", "Log.entryAdded"];

    /// <summary>What the browser complained of: errors of the script, and what the policy refused.</summary>
    public IReadOnlyList<string> Problems => [.. events
        .Where(message => Complaints.Contains(message["method"]!.GetValue<string>()) || message["params"]?["type"]?.ToString() is "error" or "warning")
        .Select(message => message["params"]!.ToJsonString())];

    public async Task PrepareAsync(int width, bool dark, bool script)
    {
        foreach (var domain in (string[])["Page", "Runtime", "Log"])
        {
            await send($"{domain}.enable", new { });
        }

        await send("Emulation.setDeviceMetricsOverride", new { width, height = 900, deviceScaleFactor = 1, mobile = false });
        await send("Emulation.setEmulatedMedia", new { media = "screen", features = new[] { new { name = "prefers-color-scheme", value = dark ? "dark" : "light" } } });
        await send("Emulation.setScriptExecutionDisabled", new { value = !script });
    }

    public Task GoAsync(string url) => send("Page.navigate", new { url });

    /// <summary>As it would be printed.</summary>
    public Task PrintAsync() => send("Emulation.setEmulatedMedia", new { media = "print" });

    /// <summary>What an expression comes to, a promise's value included.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await send("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        Assert.True(answer["exceptionDetails"] is null, answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]!["value"];
    }

    public async Task<string> TextAsync(string expression) => (await EvaluateAsync(expression))?.ToString() ?? "";

    public async Task<int> NumberAsync(string expression) => (await EvaluateAsync(expression))!.GetValue<int>();

    public async Task PressAsync(string key)
    {
        var code = key switch { "Tab" => 9, "Enter" => 13, "Escape" => 27, "ArrowRight" => 39, "ArrowDown" => 40, _ => 0 };
        var text = key switch { "Enter" => "\r", { Length: 1 } => key, _ => null };
        await send("Input.dispatchKeyEvent", text is null
            ? new { type = "keyDown", key, code = key, windowsVirtualKeyCode = code }
            : (object)new { type = "keyDown", key, code = key, windowsVirtualKeyCode = code, text });
        await send("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = code });
    }

    public Task TypeAsync(string text) => send("Input.insertText", new { text });

    public Task PointAsync(double x, double y) => send("Input.dispatchMouseEvent", new { type = "mouseMoved", x, y });

    /// <summary>The top of the page as a picture.</summary>
    public async Task<byte[]> PictureAsync() => Convert.FromBase64String((await send("Page.captureScreenshot", new { format = "png" }))["data"]!.GetValue<string>());
}
