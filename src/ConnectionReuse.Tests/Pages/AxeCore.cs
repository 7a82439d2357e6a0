using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using ConnectionReuse.Bench.Running;
using Xunit;

namespace ConnectionReuse.Tests.Pages;

/// <summary>Deque's checker of accessibility, as npm serves it; no part of this repository.</summary>
internal static class AxeCore
{
    private const string Package = "axe-core@4.14.1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Its script; a test that needs it is skipped where npm does not serve it.</summary>
    public static async Task<string> ScriptAsync()
    {
        var npm = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "npm")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(npm is null, "npm is not here, so axe-core is not either");
        await using var folder = TemporaryFolder.Create("axe");
        using var process = Process.Start(new ProcessStartInfo(npm!) { ArgumentList = { "pack", "--silent", Package }, WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Skip($"npm did not serve {Package} in {Patience.TotalSeconds} s");
        }

        var packed = Directory.GetFiles(folder.FullName, "*.tgz");
        Assert.SkipWhen(packed.Length == 0, $"npm does not serve {Package} here");
        await using var stream = new GZipStream(File.OpenRead(packed[0]), CompressionMode.Decompress);
        await using var archive = new TarReader(stream);
        while (await archive.GetNextEntryAsync() is { } entry)
        {
            if (entry is { Name: "package/axe.min.js", DataStream: { } data })
            {
                using var reader = new StreamReader(data);
                return await reader.ReadToEndAsync(CancellationToken.None);
            }
        }

        throw new InvalidOperationException($"{Package} holds no axe.min.js");
    }
}
