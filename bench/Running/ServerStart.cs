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

    /// <summary>The options of an emulated link as the server's arguments.</summary>
    /// <param name="link">Their values, by their names without dashes.</param>
    public static IReadOnlyList<string> LinkArguments(IReadOnlyDictionary<string, string> link) =>
        [.. link.SelectMany(option => (string[])["--" + option.Key, option.Value])];
}
