using ConnectionReuse.Ports;

namespace ConnectionReuse.Bench.Running;

/// <summary>What local servers need of the machine: looked at before their process is started, whose last words would not say it as well.</summary>
internal static class ServerNeeds
{
    /// <summary>Checks that this machine can serve some local targets.</summary>
    /// <param name="targets">Their ids.</param>
    /// <exception cref="UserException">It cannot; the message says why, and what to do.</exception>
    public static void Ensure(IEnumerable<string> targets)
    {
        if ((LoopbackPorts.Unusable() ?? targets.Select(target => OpenFiles.TooFewToServe(target)).FirstOrDefault(reason => reason is not null)) is { } lacking)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"could not measure: {lacking}");
        }
    }
}
