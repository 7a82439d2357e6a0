using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Documentation;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>The README's way to gate client code of one's own, from a fresh directory: its example, published and compared.</summary>
[Collection(nameof(TheProgram))]
public sealed class OwnClientTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    private string Copy => Path.Combine(_folder.FullName, "reuse");

    [Fact]
    public async Task A_head_that_closes_its_connections_is_found_and_an_equal_one_is_not()
    {
        LongTests.SkipUnlessAsked();
        CopySources();
        var (_, path, example) = Documents.Block("code");
        var closing = example.Replace("using var response", "request.Headers.ConnectionClose = true;\n            using var response", StringComparison.Ordinal);
        Assert.NotEqual(example, closing);
        await PublishAsync(path, example, "base");
        await PublishAsync(path, closing, "head");

        var equal = await GateAsync("base");
        var worse = await GateAsync("head");

        Assert.Equal((int)ExitCode.Done, equal.ExitCode);
        Assert.Equal((int)ExitCode.DoesNotHold, worse.ExitCode);
        Assert.Equal(
            ["kestrel-http invoker", "kestrel-https invoker"],
            worse.Report.Rows.Where(row => row is { Measure: GateMeasure.Connections, Verdict: GateVerdict.Regression }).Select(row => row.Name));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // What a clone holds and the build needs.
    private void CopySources()
    {
        foreach (var file in Directory.EnumerateFiles(Source.Repository).Concat(
            ((string[])["bench", "src"]).SelectMany(part => Directory.EnumerateFiles(Path.Combine(Source.Repository, part), "*", SearchOption.AllDirectories))))
        {
            var path = Path.GetRelativePath(Source.Repository, file);
            if (path.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj", "ConnectionReuse.Tests"]).Any())
            {
                continue;
            }

            var to = Path.Combine(Copy, path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    private async Task PublishAsync(string path, string pattern, string name)
    {
        await File.WriteAllTextAsync(Path.Combine(Copy, path), pattern, TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync("publish", Path.Combine(Copy, "bench"), "-c", "Release", "-o", Path.Combine(_folder.FullName, name)));
    }

    private async Task<(int ExitCode, GateFindings Report)> GateAsync(string head)
    {
        var program = Path.Combine(_folder.FullName, head, "ConnectionReuse.Bench.dll");
        var results = Path.Combine(_folder.FullName, $"gate-{head}");
        var exitCode = await RunAsync(program, "gate", "--base-dir", "base", "--head-dir", head, "--client", "invoker", "--counts", "--sets", "1", "--out", results);
        return (exitCode, ResultFiles.Read(Path.Combine(results, "gate.json")).Gate!);
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder.FullName })!;
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
