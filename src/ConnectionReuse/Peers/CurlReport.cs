using System.Globalization;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>What curl writes: a line for each call.</summary>
internal static class CurlReport
{
    /// <summary>curl's <c>--write-out</c>: the status and how many connections the call opened.</summary>
    public const string Format = "%{http_code} %{num_connects}\\n";

    private const string Prefix = "curl: ";

    /// <summary>The connections that the calls of one process opened.</summary>
    /// <exception cref="IOException">A call failed.</exception>
    public static int Connections(ProcessOutput said, int calls)
    {
        if (said.ExitCode != 0)
        {
            var lines = ReportText.Lines(said.Errors); // newer versions explain a refused certificate in several
            var reason = Array.Find(lines, line => line.StartsWith(Prefix, StringComparison.Ordinal)) ?? ReportText.LastLine(said);
            throw new IOException(reason.StartsWith(Prefix, StringComparison.Ordinal) ? reason[Prefix.Length..] : reason);
        }

        var written = ReportText.Lines(said.Output).Select(line => line.Split(' ')).ToArray();
        if (Array.Find(written, words => !words[0].StartsWith('2')) is { } refused)
        {
            throw new IOException($"status {refused[0]}");
        }

        return written.Length == calls
            ? written.Sum(words => int.Parse(words[1], CultureInfo.InvariantCulture))
            : throw ReportText.Failed(calls - written.Length, calls, "never made");
    }
}
