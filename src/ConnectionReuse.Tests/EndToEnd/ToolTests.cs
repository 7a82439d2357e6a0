using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Diagnosis;
using ConnectionReuse.Tests.Documentation;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The program as a tool: packed, installed from a folder, and run outside of any clone.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed class ToolTests : IDisposable
{
    private const string Tool = "ConnectionReuse.Tool";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Installed_from_a_folder_it_runs_each_verb_where_the_user_is()
    {
        LongTests.SkipUnlessAsked();
        var packages = Path.Combine(_folder.FullName, "packages");
        var tools = Path.Combine(_folder.FullName, "tools");
        var project = Directory.CreateDirectory(Path.Combine(_folder.FullName, "project")).FullName;

        var packed = await Scripts.RunAsync(Path.Combine(Source.Repository, "run.sh"), ["pack", packages]);
        Assert.Equal(0, packed.ExitCode);
        Assert.All(packed.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^\[\d+ s\] packing$", line));
        var package = Assert.Single(Directory.GetFiles(packages, $"{Tool}.*.nupkg"));
        Assert.Contains(Path.GetFileName(package), packed.Output, StringComparison.Ordinal);
        using (var content = ZipFile.OpenRead(package))
        {
            Assert.Contains(content.Entries, entry => entry.FullName == "README.md");
            Assert.DoesNotContain(content.Entries, entry => entry.Name.Contains(".Tests", StringComparison.Ordinal));
        }

        var version = Path.GetFileNameWithoutExtension(package)[(Tool.Length + 1)..];
        Assert.Equal(0, (await RunAsync("dotnet", project, "tool", "install", Tool, "--version", version, "--tool-path", tools, "--source", packages)).ExitCode);
        await RunAsync("git", project, "init", "--quiet");
        await RunAsync("git", project, "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--allow-empty", "-m", "first");
        var commit = (await RunAsync("git", project, "rev-parse", "HEAD")).Output.Trim();

        Assert.Matches(@"^\d+\.\d+\.\d+", (await ToolAsync("--version")).Output);
        var help = (await ToolAsync("timeit", "--help")).Output;
        Assert.Contains("\nUsage: connection-reuse timeit ", help, StringComparison.Ordinal);
        Assert.DoesNotContain("run.sh", help, StringComparison.Ordinal);
        var once = await RunAsync("dotnet", project, "tool", "exec", Tool, "--version", version, "--source", packages, "--yes", "--", "--version");
        Assert.True(once.ExitCode == 0, once.Errors);
        Assert.EndsWith((await ToolAsync("--version")).Output, once.Output, StringComparison.Ordinal);
        await ToolAsync("timeit", "kestrel-http", "--number", "5", "--repeat", "1");
        var timed = ResultFiles.Read(Path.Combine(project, "results", "local", "latest", "results.json"));
        Assert.Equal(commit, timed.Environment.Commit);
        Assert.Equal([5, 5], timed.Rows.Select(row => row.Requests));
        Assert.Contains("| server cores |", (await ToolAsync("project", "latest")).Output, StringComparison.Ordinal);

        await ToolAsync("--offline", "--filter", "*KestrelHttp.Shared", "--launchCount", "3", "--iterationCount", "1", "--number", "5");
        Assert.All(ResultFiles.Read(Path.Combine(project, "results", "local", "latest", "results.json")).Rows, row => Assert.Equal(RowStatus.Measured, row.Status));
        Assert.Contains("Starting new HTTPS connection (1)", (await ToolAsync("transcript", "--number", "2")).Output, StringComparison.Ordinal);
        await ToolAsync("publish", "--partial");
        var report = Assert.Single(Directory.GetDirectories(Path.Combine(project, "results", "published")));
        await ToolAsync("report", Path.Combine(report, "results.json"), "--out", Path.Combine(project, "again"));
        await ToolAsync("compare", Path.Combine(report, "results.json"), Path.Combine(report, "results.json"));

        await ToolAsync("open", "latest"); // where there is no desktop it says where the page is
        await using (var kept = new RawServer(_ => new(RawServer.Kept)))
        {
            Assert.StartsWith("Reused: one connection carried all 24 calls.", (await ToolAsync("diagnose", kept.Target.Uri.AbsoluteUri)).Output, StringComparison.Ordinal);
        }

        // A check may find that its limit does not hold on a noisy machine, and a server of ours calls nobody.
        Assert.Contains((await RunAsync(Path.Combine(tools, "connection-reuse"), project, "check", "counting", "--seconds", "1")).ExitCode, (int[])[(int)ExitCode.Done, (int)ExitCode.DoesNotHold]);
        await using (var serving = ChildProcess.Start(new ProcessStartInfo(Path.Combine(tools, "connection-reuse"), ["serve", "kestrel-http"]) { WorkingDirectory = project, RedirectStandardOutput = true }, "serve"))
        {
            while (!(await serving.ReadLineAsync(Patience, TestContext.Current.CancellationToken)).EndsWith("Ctrl-C ends it.", StringComparison.Ordinal))
            {
            }

            var watch = await RunAsync(Path.Combine(tools, "connection-reuse"), project, "watch", serving.Id.ToString(CultureInfo.InvariantCulture), "--duration", "1s");
            Assert.Equal((int)ExitCode.Inconclusive, watch.ExitCode);
            Assert.Contains("no HTTP call in ", watch.Errors, StringComparison.Ordinal);
        }

        // A build in the user's repository is not this program's: two folders are what a gate outside a clone holds against each other.
        var gate = await RunAsync(Path.Combine(tools, "connection-reuse"), project, "gate");
        Assert.Equal((int)ExitCode.WrongUse, gate.ExitCode);

        async Task<ProcessOutput> ToolAsync(params string[] arguments)
        {
            var run = await RunAsync(Path.Combine(tools, "connection-reuse"), project, arguments);
            Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: exit {run.ExitCode}: {run.Errors}");
            return run;
        }
    }

    private static Task<ProcessOutput> RunAsync(string program, string folder, params string[] arguments) =>
        ChildProcess.RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder }, program, Patience, TestContext.Current.CancellationToken);
}
