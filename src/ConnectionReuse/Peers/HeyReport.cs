using System.Globalization;
using System.Text.RegularExpressions;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>What hey prints. It ends with exit code 0 whatever failed.</summary>
internal static partial class HeyReport
{
    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">A call failed.</exception>
    public static PeerMeasurement Read(ProcessOutput said, int requests)
    {
        if (said.ExitCode != 0)
        {
            throw new IOException(ReportText.LastLine(said));
        }

        var answered = Counts(Statuses().Matches(said.Output));
        var broken = Counts(Errors().Matches(said.Output));
        if (broken.Count > 0)
        {
            throw ReportText.Failed(broken.Sum(error => error.Count), requests, broken[0].What);
        }

        var refused = answered.FindAll(status => !status.What.StartsWith('2'));
        if (refused.Count > 0)
        {
            throw ReportText.Failed(refused.Sum(status => status.Count), requests, $"status {refused[0].What}");
        }

        var done = answered.Sum(status => status.Count);
        if (done != requests)
        {
            throw ReportText.Failed(requests - done, requests, "never made");
        }

        // The rate is the requests divided by the total, but in more digits than the total's 0.1 ms.
        return new PeerMeasurement(requests / ReportText.Number(Rate(), said.Output));
    }

    private static List<(string What, int Count)> Counts(MatchCollection lines) =>
        [.. lines.Select(line => (line.Groups["what"].Value.Trim(), int.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture)))];

    [GeneratedRegex(@"^  Requests/sec:\s+([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^  \[(?<what>\d+)\]\t(?<count>\d+) responses", RegexOptions.Multiline)]
    private static partial Regex Statuses();

    // Behind the method and the URL: Get "http://localhost/": dial tcp ...
    [GeneratedRegex("^  \\[(?<count>\\d+)\\]\\t(?!\\d+ responses)(?:Get \".*?\": )?(?<what>.+)", RegexOptions.Multiline)]
    private static partial Regex Errors();
}
