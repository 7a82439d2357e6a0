using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;

OneCulture.Take();
if (OpenFiles.TooFewFor(connections: 0) is { } reason)
{
    // Before anything else is loaded: with too few even an assembly cannot be opened.
    Console.Error.WriteLine($"could not measure: {reason}");
    return (int)ExitCode.CouldNotMeasure;
}

return await Root.RunAsync(args);
