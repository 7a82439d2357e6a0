using System.Diagnostics;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Bench.Running;

/// <summary>What git says of the sources that are measured: those of this program, or the user's own where it is installed as a tool.</summary>
/// <param name="Commit">The commit; null without git or outside a repository.</param>
/// <param name="Dirty">Whether anything but results differs from it; null where nobody knows.</param>
internal sealed record WorkingTree(string? Commit, bool? Dirty)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks git.</summary>
    /// <param name="repository">A folder of the repository.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<WorkingTree> ReadAsync(string repository, CancellationToken cancellationToken)
    {
        // A report is no part of the program: what is measured after one was published is measured of the same commit.
        var changes = await GitAsync(["status", "--porcelain", "--", ".", ":(exclude)results"], repository, cancellationToken);
        return new WorkingTree(await GitAsync(["rev-parse", "HEAD"], repository, cancellationToken), changes is null ? null : changes.Length > 0);
    }

    private static async Task<string?> GitAsync(IReadOnlyList<string> arguments, string repository, CancellationToken cancellationToken)
    {
        try
        {
            var git = new ProcessStartInfo("git", arguments) { WorkingDirectory = repository };
            var said = await ChildProcess.RunAsync(git, "git", Patience, cancellationToken);
            return said.ExitCode == 0 ? said.Output.Trim() : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
