using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Bench.Gate;

/// <summary>A build of the program.</summary>
/// <param name="Name">What it is called, such as a commit.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Commit">The commit that its processes must say they are; null where any will do.</param>
internal sealed record Build(string Name, string Folder, string? Commit);

/// <summary>Published builds in a temporary folder outside the repository, removed at the end.</summary>
/// <param name="repository">The repository; null outside of one.</param>
internal sealed class Builds(string? repository) : IAsyncDisposable
{
    /// <summary>The program of a published build.</summary>
    public const string Program = "ConnectionReuse.Bench.dll";

    private static readonly string[] MainBranches = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-gate-");
    private readonly List<string> _workTrees = [];

    /// <summary>The build in a folder that <c>dotnet publish bench</c> has made.</summary>
    /// <exception cref="UserException">There is none.</exception>
    public static Build Given(string option, string folder) => File.Exists(Path.Combine(folder, Program))
        ? new Build(Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)), Path.GetFullPath(folder), null)
        : throw new UserException(ExitCode.WrongUse, $"{option} {folder}: no {Program} there; dotnet publish bench -c Release -o {folder} makes it");

    /// <summary>The command that runs a station of a published build.</summary>
    public static ProcessStartInfo StationOf(string folder)
    {
        var underDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(underDotnet ? Environment.ProcessPath! : "dotnet", [Path.Combine(folder, Program), .. StationProtocol.Arguments]);
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
            var tree = Path.Combine(_folder.FullName, $"tree-{commit[..12]}");
            await GitAsync(["worktree", "add", "--detach", tree, commit], cancellationToken);
            _workTrees.Add(tree);
            var (exit, output) = await RunAsync(
                "dotnet", ["publish", Path.Combine(tree, "bench"), "-c", "Release", "-o", folder, "-v", "quiet", "--nologo"], tree, [], cancellationToken);
            if (exit != 0)
            {
                throw new DoesNotBuildException($"{reference} does not build: {FirstError(output)}");
            }
        }

        return new Build($"{reference} ({commit[..7]})", folder, commit);
    }

    /// <summary>
    /// The build of the working tree as it stands: what git would commit, new files included, as a commit that no branch
    /// knows.
    /// </summary>
    /// <exception cref="UserException">This is no repository, or it does not build.</exception>
    public async Task<Build> OfWorkingTreeAsync(CancellationToken cancellationToken)
    {
        var head = await CommitAsync("HEAD", cancellationToken);
        var index = Path.Combine(_folder.FullName, "index");
        (string, string)[] environment =
        [
            ("GIT_INDEX_FILE", index),
            ("GIT_AUTHOR_NAME", "gate"), ("GIT_AUTHOR_EMAIL", "gate@localhost"),
            ("GIT_COMMITTER_NAME", "gate"), ("GIT_COMMITTER_EMAIL", "gate@localhost"),
        ];
        await GitAsync(["read-tree", "HEAD"], cancellationToken, environment);
        await GitAsync(["add", "--all"], cancellationToken, environment);
        var tree = await GitAsync(["write-tree"], cancellationToken, environment);
        if (tree == await GitAsync(["rev-parse", "HEAD^{tree}"], cancellationToken))
        {
            return await OfAsync("HEAD", cancellationToken);
        }

        var commit = await GitAsync(["commit-tree", tree, "-p", head, "-m", "the working tree"], cancellationToken, environment);
        return await OfAsync(commit, cancellationToken) with { Name = $"the working tree over {head[..7]}" };
    }

    /// <summary>Where HEAD left the main branch.</summary>
    /// <exception cref="UserException">There is no main branch.</exception>
    public async Task<string> MergeBaseAsync(CancellationToken cancellationToken)
    {
        foreach (var branch in MainBranches)
        {
            if (await RunAsync("git", ["merge-base", "HEAD", branch], Repository(), [], cancellationToken) is (0, var commit))
            {
                return commit.Trim();
            }
        }

        throw new UserException(ExitCode.WrongUse, $"none of {string.Join(", ", MainBranches)} shares a commit with HEAD: name the base with --base");
    }

    /// <summary>Sees to it that base and head are two commits: a build held against itself passes whatever it does.</summary>
    /// <param name="before">The base that was asked for; null for where HEAD left the main branch.</param>
    /// <param name="head">The head that was asked for; null for the working tree.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UserException">They are one.</exception>
    public async Task RefuseEqualAsync(string? before, string? head, CancellationToken cancellationToken)
    {
        var commit = before is null ? await MergeBaseAsync(cancellationToken) : await CommitAsync(before, cancellationToken);
        if (commit != await CommitAsync(head ?? "HEAD", cancellationToken)
            || (head is null && await GitAsync(["status", "--porcelain"], cancellationToken) is { Length: > 0 }))
        {
            return;
        }

        var shallow = await GitAsync(["rev-parse", "--is-shallow-repository"], cancellationToken) == "true";
        throw new UserException(ExitCode.Inconclusive, $"base and head are one commit, {commit[..7]}, so nothing can be told: "
            + (shallow ? "this clone has no history; fetch it (git fetch --unshallow, or fetch-depth: 0 in a workflow)" : "name an older base, such as --base HEAD~1"));
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
            await RunAsync("git", ["worktree", "remove", "--force", tree], Repository(), [], CancellationToken.None);
        }

        _folder.Delete(recursive: true);
    }

    private async Task<string> CommitAsync(string reference, CancellationToken cancellationToken) =>
        await RunAsync("git", ["rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}"], Repository(), [], cancellationToken) is (0, var commit)
            ? commit.Trim()
            : throw new UserException(ExitCode.WrongUse, $"'{reference}' names no commit of this repository");

    private async Task<string> GitAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, params (string, string)[] environment)
    {
        var (exit, output) = await RunAsync("git", arguments, Repository(), environment, cancellationToken);
        return exit == 0 ? output.Trim() : throw new UserException(ExitCode.CouldNotMeasure, $"git {arguments[0]}: {FirstError(output)}");
    }

    private string Repository() => repository
        ?? throw new UserException(ExitCode.WrongUse, "not in a repository: --base-dir and --head-dir take published builds");

    private static async Task<(int Exit, string Output)> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, IReadOnlyList<(string Name, string Value)> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var said = await ChildProcess.RunAsync(start, program, Timeout.InfiniteTimeSpan, cancellationToken);
        return (said.ExitCode, said.ExitCode == 0 ? said.Output : said.Output + said.Errors);
    }

    private static string FirstError(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.LastOrDefault() ?? "it said nothing";
    }
}

/// <summary>A commit does not build.</summary>
/// <param name="message">Which, and the build's first error.</param>
internal sealed class DoesNotBuildException(string message) : UserException(ExitCode.CouldNotMeasure, message);
