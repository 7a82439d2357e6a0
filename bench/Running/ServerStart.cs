using ConnectionReuse.Servers;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Running;

/// <summary>Starts this program once more as the server of local targets, on the core of the clients.</summary>
internal static class ServerStart
{
    /// <summary>Starts it and waits until its targets answer.</summary>
    /// <param name="targets">Their ids.</param>
    /// <param name="options">Options of the hidden verb <c>server</c>: faults, an emulated link.</param>
    /// <param name="passedOn">Environment variables that it gets beside the suite's own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UserException">It did not start, or this machine cannot serve them.</exception>
    public static async Task<ServerProcess> StartAsync(
        IEnumerable<string> targets, IEnumerable<string> options, PassedOn passedOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passedOn);
        string[] ids = [.. targets];
        ServerNeeds.Ensure(ids);
        using var pinned = Placement.PinChildren();
        try
        {
            return await ServerProcess.StartAsync(passedOn.To(ThisProgram.StartRole(["server", .. ids, .. options])), cancellationToken);
        }
        catch (IOException e)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"the local servers did not start: {e.Message}");
        }
    }

    /// <summary>The option of the role <c>server</c> that lets clients of other machines in; the rest it is told through its standard input.</summary>
    public const string Network = "--network";

    /// <summary>Starts a server that clients reach over a network, where a comparison would have it and with the runtime settings that it would have.</summary>
    /// <param name="targets">Its targets, in the order of their ports.</param>
    /// <param name="setup">Where it listens, and for whom.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="UserException">It did not start, or this machine cannot serve them.</exception>
    public static async Task<ServerProcess> StartOnNetworkAsync(IReadOnlyList<string> targets, NetworkSetup setup, CancellationToken cancellationToken)
    {
        ServerNeeds.Ensure(targets);
        using var pinned = Placement.PinChildren();
        try
        {
            return await ServerProcess.StartAsync(ThisProgram.StartRole(["server", .. targets, Network]), cancellationToken, setup);
        }
        catch (IOException e)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"the servers did not start: {e.Message}");
        }
    }

    /// <summary>The options of an emulated link as the server's arguments.</summary>
    /// <param name="link">Their values, by their names without dashes.</param>
    public static IReadOnlyList<string> LinkArguments(IReadOnlyDictionary<string, string> link) =>
        [.. link.SelectMany(option => (string[])["--" + option.Key, option.Value])];
}
