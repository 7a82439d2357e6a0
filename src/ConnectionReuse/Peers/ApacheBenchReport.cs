using System.Text.RegularExpressions;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>What ab prints.</summary>
internal static partial class ApacheBenchReport
{
    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">A call failed.</exception>
    public static PeerMeasurement Read(ProcessOutput said, int requests)
    {
        if (said.ExitCode != 0)
        {
            throw new IOException(ReportText.LastLine(said));
        }

        var refused = (int)(ReportText.TryNumber(Refused(), said.Output) ?? 0);
        var failed = (int)ReportText.Number(Failed(), said.Output);
        var complete = (int)ReportText.Number(Complete(), said.Output);
        if (refused > 0)
        {
            throw ReportText.Failed(refused, requests, "status not 2xx");
        }

        if (failed > 0 || complete != requests)
        {
            throw ReportText.Failed(Math.Max(failed, requests - complete), requests, "no whole response");
        }

        // The time taken is rounded to 1 ms. The mean (to 1 us a request) and the rate (to 0.01 requests a second) say
        // the same in more digits: the one of a slow target, the other of a fast one.
        var rate = ReportText.Number(Rate(), said.Output);
        var seconds = rate > 100 ? requests / rate : ReportText.Number(MeanMilliseconds(), said.Output) * requests / 1000;
        var kept = (int?)ReportText.TryNumber(Kept(), said.Output);
        return new PeerMeasurement(seconds, kept is null ? null : Math.Max(1, requests - kept.Value));
    }

    [GeneratedRegex(@"^Non-2xx responses: +(\d+)", RegexOptions.Multiline)]
    private static partial Regex Refused();

    [GeneratedRegex(@"^Failed requests: +(\d+)", RegexOptions.Multiline)]
    private static partial Regex Failed();

    [GeneratedRegex(@"^Complete requests: +(\d+)", RegexOptions.Multiline)]
    private static partial Regex Complete();

    // Responses behind which the server kept the connection; the line is there with -k only.
    [GeneratedRegex(@"^Keep-Alive requests: +(\d+)", RegexOptions.Multiline)]
    private static partial Regex Kept();

    [GeneratedRegex(@"^Requests per second: +([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex Rate();

    [GeneratedRegex(@"^Time per request: +([\d.]+) \[ms\] \(mean\)", RegexOptions.Multiline)]
    private static partial Regex MeanMilliseconds();
}
