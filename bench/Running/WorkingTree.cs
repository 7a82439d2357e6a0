using System.ComponentModel;
using System.Diagnostics;

namespace ConnectionReuse.Bench.Running;

/// <summary>What git says of the sources that a program was built from.</summary>
/// <param name="Commit">The commit; null without git or outside a repository.</param>
/// <param name="Dirty">Whether anything but results differs from it; null where nobody knows.</param>
public sealed record WorkingTree(string? Commit, bool? Dirty)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks git.</summary>
    /// <param name="repository">The repository's folder; null for a published build, which says nothing about a commit that it does not know.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<WorkingTree> ReadAsync(string? repository, CancellationToken cancellationToken)
    {
        if (repository is null)
        {
            return new WorkingTree(null, null);
        }

        // A report is no part of the program: what is measured after one was published is measured of the same commit.
        var changes = await GitAsync(["status", "--porcelain", "--", ".", ":(exclude)results"], repository, cancellationToken);
        return new WorkingTree(await GitAsync(["rev-parse", "HEAD"], repository, cancellationToken), changes is null ? null : changes.Length > 0);
    }

    private static async Task<string?> GitAsync(IReadOnlyList<string> arguments, string repository, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = repository,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = await git.StandardOutput.ReadToEndAsync(patience.Token);
            await git.WaitForExitAsync(patience.Token);
            return git.ExitCode == 0 ? output.Trim() : null;
        }
        catch (Exception e) when (e is Win32Exception || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
