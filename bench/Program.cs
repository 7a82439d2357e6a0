using System.Globalization;
using ConnectionReuse.Bench.Running;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // whatever the environment says
if (OpenFiles.TooFewFor(connections: 0) is { } reason)
{
    // Before anything else is loaded: with too few even an assembly cannot be opened.
    Console.Error.WriteLine($"could not measure: {reason}");
    return (int)ExitCode.CouldNotMeasure;
}

return await ConnectionReuse.Bench.Commands.Root.RunAsync(args);
