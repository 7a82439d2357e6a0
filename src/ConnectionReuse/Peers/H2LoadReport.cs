using System.Text.RegularExpressions;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>What h2load prints. It ends with exit code 0 whatever failed.</summary>
internal static partial class H2LoadReport
{
    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">A call failed.</exception>
    public static PeerMeasurement Read(ProcessOutput said, int requests)
    {
        if (said.ExitCode != 0)
        {
            throw new IOException(ReportText.LastLine(said));
        }

        // A redirect succeeds for h2load, and a response that breaks off has a status.
        var good = (int)Math.Min(ReportText.Number(Succeeded(), said.Output), ReportText.Number(Good(), said.Output));
        if (good != requests)
        {
            throw ReportText.Failed(requests - good, requests, $"{Statuses().Match(said.Output).Value}, {Broken().Match(said.Output).Value}");
        }

        return new PeerMeasurement(ReportText.Number(Duration(), said.Output) * Unit(Duration().Match(said.Output).Groups["unit"].Value));
    }

    private static double Unit(string unit) => unit switch
    {
        "us" => 1e-6,
        "ms" => 1e-3,
        _ => 1,
    };

    [GeneratedRegex(@"^finished in ([\d.]+)(?<unit>us|ms|s),", RegexOptions.Multiline)]
    private static partial Regex Duration();

    [GeneratedRegex(@"^requests: .*?(\d+) succeeded", RegexOptions.Multiline)]
    private static partial Regex Succeeded();

    [GeneratedRegex(@"\d+ errored, \d+ timeout")]
    private static partial Regex Broken();

    [GeneratedRegex(@"^status codes: (\d+) 2xx", RegexOptions.Multiline)]
    private static partial Regex Good();

    [GeneratedRegex(@"(?<=^status codes: ).*?5xx", RegexOptions.Multiline)]
    private static partial Regex Statuses();
}
