using System.Globalization;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>What the script of <see cref="PythonRequests"/> prints: the seconds that <c>timeit</c> returned.</summary>
internal static class PythonReport
{
    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">A call failed.</exception>
    public static PeerMeasurement Read(ProcessOutput said) =>
        said.ExitCode == 0 && double.TryParse(said.Output, CultureInfo.InvariantCulture, out var seconds)
            ? new PeerMeasurement(seconds)
            : throw new IOException(ReportText.LastLine(said)); // what a traceback ends with
}
