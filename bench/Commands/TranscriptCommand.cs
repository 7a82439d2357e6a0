using System.CommandLine;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Transcript;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>transcript</c> verb.</summary>
internal static class TranscriptCommand
{
    private const int MostRequests = 10_000;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var url = new Argument<string?>("url") { Description = "An http(s) URL; none: WireMock.Net over HTTPS", Arity = ArgumentArity.ZeroOrOne };
        var requests = CommonOptions.WholeNumber(["--requests", "--number"], 1, MostRequests, "Calls of a timed statement [default: 100]");
        var links = new LinkOptionSet();
        var requestOptions = new RequestOptionSet();
        var command = new Command("transcript", "Shows the documented session line by line.") { url, requests };
        foreach (var option in links.All.Concat(requestOptions.All))
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, interrupted) =>
        {
            var asked = requestOptions.Read(result);
            var urls = asked.With(result.GetValue(url) is { } text ? [CommonOptions.Url(text)] : []);
            asked.Check(urls);
            if (urls.Count > 1)
            {
                throw CommonOptions.Wrong($"a transcript is of one URL, not of {urls.Count}");
            }

            var target = urls.SingleOrDefault();
            var link = links.Given(result);
            if (target is not null && link.Count > 0)
            {
                throw CommonOptions.Wrong($"--{link.First().Key} is for the local target: {PublicUrl.Of(target)} has a network of its own");
            }

            var calls = result.GetValue(requests) ?? DocumentedFigures.Calls;
            if (target is not null)
            {
                asked.TellIgnoredProxy(urls, Console.Error);
                asked.EnsureMayBeSent((2 * calls) + 7 + ReuseVerdicts.MostRequests);
                await Console.Out.WriteLineAsync($"{PublicUrl.Of(target)} will get {(2 * calls) + 7} {asked.Request.Words}, one at a time, {ReuseVerdicts.Announcement}{asked.Request.RedirectsBesides}\n");
            }

            return (int)await new TranscriptRun(target, link, calls, CommonOptions.DefaultUserAgent, asked.Request).RunAsync(interrupted);
        });
        return command;
    }
}
