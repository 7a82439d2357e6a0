using System.Diagnostics;
using ConnectionReuse.Processes;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Peers;

/// <summary>A program that is started, never by way of a shell, and waited for.</summary>
/// <param name="Program">The path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Timeout">After which it is killed.</param>
internal sealed record PeerCommand(string Program, IReadOnlyList<string> Arguments, TimeSpan Timeout)
{
    /// <summary>What it reads.</summary>
    public string Input { get; init; } = string.Empty;

    /// <summary>Variables that it gets beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Starts the program and waits for its end.</summary>
    /// <param name="cancellationToken">Kills it, with all that it started.</param>
    /// <exception cref="IOException">It did not start, or did not end in time and was killed.</exception>
    public Task<ProcessOutput> RunAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program, Arguments);
        foreach (var name in start.Environment.Keys.Where(name => name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // Not only without the variables: a tool may ask the system for a proxy as well, unless it is told to use none.
        start.Environment["no_proxy"] = "*";
        start.Environment["NO_PROXY"] = "*";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var pinned = Placement.PinChildren(); // where our own client and server are, for as long as it takes to start
        return ChildProcess.RunAsync(start, Path.GetFileNameWithoutExtension(Program), Timeout, cancellationToken, Input);
    }
}
