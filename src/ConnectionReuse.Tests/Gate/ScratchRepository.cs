using System.Diagnostics;
using ConnectionReuse.Processes;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>A repository of two commits on main, removed at the end.</summary>
internal sealed class ScratchRepository : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    private ScratchRepository()
    {
    }

    public string Folder => Path.Combine(_folder.FullName, "repository");

    /// <summary>Makes it; without git the test is skipped.</summary>
    public static async Task<ScratchRepository> CreateAsync(CancellationToken cancellationToken)
    {
        var scratch = new ScratchRepository();
        await scratch.GitAsync(["init", "--quiet", "--initial-branch", "main", scratch.Folder], cancellationToken);
        await scratch.CommitAsync("first", "first", cancellationToken);
        await scratch.CommitAsync("second", "second", cancellationToken);
        return scratch;
    }

    /// <summary>Adds a commit of one file.</summary>
    public async Task CommitAsync(string file, string content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content, cancellationToken);
        await GitAsync(["-C", Folder, "add", "--all"], cancellationToken);
        await GitAsync(["-C", Folder, "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "-m", file], cancellationToken);
    }

    /// <summary>What git knows of work trees, a line each.</summary>
    public async Task<string[]> WorkTreesAsync(CancellationToken cancellationToken) =>
        (await GitAsync(["-C", Folder, "worktree", "list"], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Its newest commit alone.</summary>
    public async Task<ScratchRepository> ShallowCloneAsync(CancellationToken cancellationToken)
    {
        var clone = new ScratchRepository();
        await clone.GitAsync(["clone", "--quiet", "--depth", "1", $"file://{Folder}", clone.Folder], cancellationToken);
        return clone;
    }

    public void Dispose()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.Attributes = FileAttributes.Normal; // git's own are read-only
        }

        _folder.Delete(recursive: true);
    }

    private async Task<string> GitAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        ProcessOutput said;
        try
        {
            said = await ChildProcess.RunAsync(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder.FullName }, "git", TimeSpan.FromMinutes(1), cancellationToken);
        }
        catch (IOException e)
        {
            Assert.Skip($"git does not run here: {e.Message}");
            throw;
        }

        Assert.True(said.ExitCode == 0, said.Output + said.Errors);
        return said.Output;
    }
}
