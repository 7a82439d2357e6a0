using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Gate;

/// <summary>A build of the program.</summary>
/// <param name="Name">What it is called, such as a commit.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Commit">The commit that its processes must say they are; null where any will do.</param>
internal sealed record Build(string Name, string Folder, string? Commit)
{
    /// <summary>Whether it is the user's code, which this program's processes load: they cannot say which commit it is.</summary>
    public bool IsUsers { get; init; }
}

/// <summary>Published builds in a temporary folder outside the repository, removed at the end.</summary>
/// <param name="repository">The repository; null outside of one.</param>
internal sealed class Builds(string? repository) : IAsyncDisposable
{
    /// <summary>The program of a published build.</summary>
    public const string Program = "ConnectionReuse.Bench.dll";

    private static readonly string[] MainBranches = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

    // What a build is made of, as git takes paths.
    private static readonly string[] Sources = ["bench", "src", "Directory.*", "global.json"];

    private const string Kind = "gate";

    private readonly TemporaryFolder _folder = TemporaryFolder.Create(Kind);
    private readonly Git _git = new(repository);
    private readonly List<string> _workTrees = [];
    private bool _hasTidied;

    /// <summary>The build in a folder that <c>dotnet publish bench</c> has made.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public static Build Given(string option, string folder) => File.Exists(Path.Combine(folder, Program))
        ? new Build(Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)), Path.GetFullPath(folder), null)
        : throw new UserException(ExitCode.WrongUse, $"{option} {folder}: no {Program} there; dotnet publish bench -c Release -o {folder} makes it");

    /// <summary>The build of the user's in a folder.</summary>
    /// <param name="option">The option that named the folder.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="file">The assembly in it that has the clients; its version may name a commit of the user's.</param>
    /// <exception cref="UserException">It is not there.</exception>
    public static Build OfUser(string option, string folder, string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            throw new UserException(ExitCode.WrongUse, $"{option} {folder}: no {file} there");
        }

        var name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
        var commit = FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+') is [_, { Length: >= 7 } said] ? $" ({said[..7]})" : string.Empty;
        return new Build(name + commit, Path.GetFullPath(folder), Commit: null) { IsUsers = true };
    }

    /// <summary>The command that runs a station of a published build.</summary>
    public static ProcessStartInfo StationOf(string folder)
    {
        var underDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(underDotnet ? Environment.ProcessPath! : "dotnet", [Path.Combine(folder, Program), .. StationProtocol.Arguments]);
    }

    /// <summary>Checks that a commit can be taken from the repository.</summary>
    /// <returns>The commit that the reference names.</returns>
    /// <exception cref="UserException">There is no git, no repository or no such commit.</exception>
    public async Task<string> CommitAsync(string reference, CancellationToken cancellationToken)
    {
        await _git.CheckAsync(cancellationToken);
        return await _git.CommitAsync(reference, cancellationToken);
    }

    /// <summary>The build of a commit, published from a work tree of its own.</summary>
    /// <exception cref="DoesNotBuildException">It does not build.</exception>
    /// <exception cref="UserException">There is no such commit.</exception>
    public async Task<Build> OfAsync(string reference, CancellationToken cancellationToken)
    {
        var commit = await CommitAsync(reference, cancellationToken);
        var folder = Path.Combine(_folder.FullName, $"build-{commit[..12]}");
        if (!Directory.Exists(folder))
        {
            await RemoveWorkTreesOfDeadRunsAsync(cancellationToken);
            var tree = Path.Combine(_folder.FullName, $"tree-{commit[..12]}");
            _workTrees.Add(tree); // before it is there: whoever interrupts git leaves half of one
            await _git.AskAsync(["worktree", "add", "--detach", tree, commit], cancellationToken);
            var said = await GuardedProcess.RunAsync(PublishCommandLine.Of(tree, folder), "dotnet publish", cancellationToken);
            if (said.ExitCode != 0)
            {
                throw new DoesNotBuildException($"{reference} does not build: {FirstError.Of(said.Output + said.Errors)}");
            }
        }

        return new Build($"{reference} ({commit[..7]})", folder, commit);
    }

    /// <summary>The build of the working tree as it stands.</summary>
    /// <exception cref="UserException">This is no repository, or it does not build.</exception>
    public async Task<Build> OfWorkingTreeAsync(CancellationToken cancellationToken)
    {
        var head = await CommitAsync("HEAD", cancellationToken);
        var commit = await CommitOfWorkingTreeAsync(head, cancellationToken);
        return commit == head ? await OfAsync("HEAD", cancellationToken) : await OfAsync(commit, cancellationToken) with { Name = $"the working tree over {head[..7]}" };
    }

    /// <summary>
    /// What git would commit of the working tree, new files included, as a commit that no branch knows; the given one where no
    /// source differs from it: a record of runs that has grown is no other build.
    /// </summary>
    /// <param name="head">The commit that the working tree is checked out from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UserException">git fails.</exception>
    internal async Task<string> CommitOfWorkingTreeAsync(string head, CancellationToken cancellationToken)
    {
        var index = Path.Combine(_folder.FullName, "index");
        (string, string)[] environment =
        [
            ("GIT_INDEX_FILE", index),
            ("GIT_AUTHOR_NAME", "gate"), ("GIT_AUTHOR_EMAIL", "gate@localhost"),
            ("GIT_COMMITTER_NAME", "gate"), ("GIT_COMMITTER_EMAIL", "gate@localhost"),
        ];
        await _git.AskAsync(["read-tree", "HEAD"], cancellationToken, environment);
        await _git.AskAsync(["add", "--all"], cancellationToken, environment);
        var tree = await _git.AskAsync(["write-tree"], cancellationToken, environment);
        return await _git.TryAsync(["diff", "--quiet", head, tree, "--", .. Sources], cancellationToken) is not null // it fails where they differ
            ? head
            : await _git.AskAsync(["commit-tree", tree, "-p", head, "-m", "the working tree"], cancellationToken, environment);
    }

    /// <summary>Where HEAD left the main branch.</summary>
    /// <exception cref="UserException">There is no main branch.</exception>
    public async Task<string> MergeBaseAsync(CancellationToken cancellationToken)
    {
        await _git.CheckAsync(cancellationToken);
        foreach (var branch in MainBranches)
        {
            if (await _git.TryAsync(["merge-base", "HEAD", branch], cancellationToken) is { } commit)
            {
                return commit;
            }
        }

        throw new UserException(ExitCode.WrongUse, $"none of {string.Join(", ", MainBranches)} shares a commit with HEAD: {await _git.MissingHistoryAsync(cancellationToken) ?? "name the base with --base"}");
    }

    /// <summary>Sees to it that base and head are built from other sources: a build held against itself passes whatever it does.</summary>
    /// <param name="before">The base that was asked for; null for where HEAD left the main branch.</param>
    /// <param name="head">The head that was asked for; null for the working tree.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UserException">They are the same.</exception>
    public async Task RefuseEqualAsync(string? before, string? head, CancellationToken cancellationToken)
    {
        var from = before is null ? await MergeBaseAsync(cancellationToken) : await CommitAsync(before, cancellationToken);
        var to = await CommitAsync(head ?? "HEAD", cancellationToken);
        if ((from != to && await _git.TryAsync(["diff", "--quiet", from, to, "--", .. Sources], cancellationToken) is null) // it fails where they differ
            || (head is null && await _git.AskAsync(["status", "--porcelain", "--", .. Sources], cancellationToken) is { Length: > 0 }))
        {
            return;
        }

        var same = from == to ? $"base and head are one commit, {from[..7]}" : $"base {from[..7]} and head {to[..7]} are built from the same sources";
        throw new UserException(ExitCode.Inconclusive, $"{same}, so nothing can be told: {await _git.MissingHistoryAsync(cancellationToken) ?? "name an older base, such as --base HEAD~1"}");
    }

    /// <summary>The same build in another folder.</summary>
    public string Copy(string build, string name)
    {
        var copy = Path.Combine(_folder.FullName, name);
        foreach (var file in Directory.EnumerateFiles(build, "*", SearchOption.AllDirectories).Where(file => !IsOfARun(file)))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(build, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }

        return copy;
    }

    // A comparison that runs from the same folder places its program there for as long as it takes.
    private static bool IsOfARun(string file) => Path.GetFileName(file).StartsWith("ConnectionReuse.Bench-", StringComparison.Ordinal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var tree in _workTrees)
        {
            await RemoveAsync(tree, CancellationToken.None);
        }

        await _folder.DisposeAsync();
    }

    // A run that was killed leaves its work trees registered in the repository, wherever their folder has gone since.
    private async Task RemoveWorkTreesOfDeadRunsAsync(CancellationToken cancellationToken)
    {
        if (_hasTidied)
        {
            return;
        }

        _hasTidied = true;
        const string Tree = "worktree ";
        var listed = await _git.TryAsync(["worktree", "list", "--porcelain"], cancellationToken) ?? string.Empty;
        foreach (var tree in listed.Split('\n').Where(line => line.StartsWith(Tree, StringComparison.Ordinal)).Select(line => line[Tree.Length..].Trim()))
        {
            if (Path.GetDirectoryName(tree) is { } folder && TemporaryFolder.IsOfADeadRun(folder))
            {
                await RemoveAsync(tree, cancellationToken);
            }
        }
    }

    // Twice forced: git locks a work tree while it makes it.
    private async Task RemoveAsync(string tree, CancellationToken cancellationToken) =>
        await _git.TryAsync(["worktree", "remove", "--force", "--force", tree], cancellationToken);
}

/// <summary>A commit does not build.</summary>
/// <param name="message">Which, and the build's first error.</param>
internal sealed class DoesNotBuildException(string message) : UserException(ExitCode.CouldNotMeasure, message);
