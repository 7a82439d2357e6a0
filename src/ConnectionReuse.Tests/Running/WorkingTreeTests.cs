using System.ComponentModel;
using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class WorkingTreeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_new_source_makes_it_dirty_and_a_new_report_does_not()
    {
        Git("init", "--quiet");
        Write("source.cs");
        Git("add", "--all");
        Git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", "one");

        var clean = await ReadAsync();
        Write("results/published/report.md");
        var published = await ReadAsync();
        Write("other.cs");
        var changed = await ReadAsync();

        Assert.Matches("^[0-9a-f]{40}$", clean.Commit);
        Assert.Equal((false, false, true), (clean.Dirty, published.Dirty, changed.Dirty));
        Assert.Equal((clean.Commit, clean.Commit), (published.Commit, changed.Commit));
    }

    [Fact]
    public async Task Outside_a_repository_nothing_is_known() => Assert.Equal(new WorkingTree(null, null), await ReadAsync());

    private Task<WorkingTree> ReadAsync() => WorkingTree.ReadAsync(_folder.FullName, TestContext.Current.CancellationToken);

    private void Write(string path)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, path);
    }

    private void Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.FullName })!;
            git.WaitForExit();
            Assert.Equal(0, git.ExitCode);
        }
        catch (Win32Exception)
        {
            Assert.Skip("git is not installed");
        }
    }
}
