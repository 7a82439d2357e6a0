using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Bench.Gate;

/// <summary>Asks git about one repository.</summary>
/// <param name="repository">The repository's folder; null outside of one.</param>
internal sealed class Git(string? repository)
{
    private const string WithoutIt = "--base-dir and --head-dir take published builds";

    /// <summary>Checks that git is there and takes the folder for a repository.</summary>
    /// <exception cref="UserException">It is not, or does not; the message says which, and what git itself advises.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        ProcessOutput said;
        try
        {
            said = await RunAsync(["rev-parse", "--git-dir"], [], cancellationToken);
        }
        catch (IOException e)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"the gate takes builds from git, and {e.Message.Split('\'')[0].TrimEnd()}: install git, or {WithoutIt}");
        }

        if (said.ExitCode != 0)
        {
            throw Refusal(said.Errors);
        }
    }

    /// <summary>The commit that a reference names.</summary>
    /// <exception cref="UserException">It names none.</exception>
    public async Task<string> CommitAsync(string reference, CancellationToken cancellationToken) =>
        await RunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}"], [], cancellationToken) is { ExitCode: 0 } said
            ? said.Output.Trim()
            : throw new UserException(ExitCode.WrongUse, $"'{reference}' names no commit of this repository{(await MissingHistoryAsync(cancellationToken) is { } hint ? $": {hint}" : "")}");

    /// <summary>How to fetch the history that the clone lacks; null where it lacks none.</summary>
    public async Task<string?> MissingHistoryAsync(CancellationToken cancellationToken) =>
        await TryAsync(["rev-parse", "--is-shallow-repository"], cancellationToken) == "true"
            ? "this clone has no history; fetch it (git fetch --unshallow, or fetch-depth: 0 in a workflow)" : null;

    /// <summary>What a command answers, without white space around it.</summary>
    /// <exception cref="UserException">It fails.</exception>
    public async Task<string> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, params (string Name, string Value)[] environment)
    {
        var said = await RunAsync(arguments, environment, cancellationToken);
        return said.ExitCode == 0 ? said.Output.Trim()
            : throw new UserException(ExitCode.CouldNotMeasure, $"git {arguments[0]}: {FirstError.Of(said.Output + said.Errors)}");
    }

    /// <summary>What a command answers; null where it fails.</summary>
    public async Task<string?> TryAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        await RunAsync(arguments, [], cancellationToken) is { ExitCode: 0 } said ? said.Output.Trim() : null;

    /// <summary>Why git refuses a repository, from what it wrote.</summary>
    internal static UserException Refusal(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return errors.Contains("dubious ownership", StringComparison.Ordinal)
            ? new UserException(ExitCode.CouldNotMeasure,
                $"git does not trust the repository, since it belongs to somebody else: {lines.FirstOrDefault(line => line.StartsWith("git config", StringComparison.Ordinal)) ?? lines[0]}")
            : errors.Contains("not a git repository", StringComparison.Ordinal)
            ? new UserException(ExitCode.WrongUse, $"the sources of this program are in no git repository: {WithoutIt}")
            : new UserException(ExitCode.CouldNotMeasure, $"git does not read the repository: {FirstError.Of(errors)}");
    }

    private Task<ProcessOutput> RunAsync(IReadOnlyList<string> arguments, IReadOnlyList<(string Name, string Value)> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = repository ?? throw new UserException(ExitCode.WrongUse, $"not in a repository: {WithoutIt}"),
        };
        start.Environment["LC_ALL"] = "C"; // its messages are read
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return ChildProcess.RunAsync(start, "git", Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
