using System.CommandLine;
using ConnectionReuse.Bench.Diagnose;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>diagnose</c> verb.</summary>
internal static class DiagnoseCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "diagnose";

    // Longer than the idle limit of the servers that are met most: Kestrel's 130 s, IIS's 120 s, nginx's 75 s.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(135);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var url = new Argument<string?>("url") { Description = "An http(s) URL", Arity = ArgumentArity.ZeroOrOne };
        var requestOptions = new RequestOptionSet();
        var client = new Option<string?>("--client") { Description = "The client pattern whose calls are looked at [default: shared]", HelpName = "ID" };
        var http = new Option<string?>("--http") { Description = "The HTTP version to insist on: 1.1, 2 or 3", HelpName = "VERSION" };
        var idle = new Option<bool>("--idle") { Description = $"Looks for the time after which an idle connection is closed, up to {LongestIdle.TotalSeconds:0} s" };
        var json = new Option<string?>("--json") { Description = "Writes what was found there too, as JSON", HelpName = "FILE" };
        var command = new Command(Name, "Tells who ends a URL's connections, and why.") { url, client, http, idle, json };
        foreach (var option in requestOptions.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, interrupted) =>
        {
            var asked = requestOptions.Read(result);
            var urls = asked.With(result.GetValue(url) is { } text ? [CommonOptions.Url(text)] : []);
            var uri = urls.Count == 1 ? urls[0] : throw CommonOptions.Wrong(urls.Count == 0 ? "diagnose: which URL?" : $"a diagnosis is of one URL, not of {urls.Count}");
            var version = Version(http.Name, result.GetValue(http), uri);
            asked.Check(urls, version);
            asked.TellIgnoredProxy(urls, Console.Error);
            var pattern = result.GetValue(client) is { } id ? Pattern(id, uri, version, asked.Request) : null;
            var options = new DiagnosisOptions
            {
                Client = pattern,
                Pause = asked.Request.Pause,
                Idle = result.GetValue(idle) ? LongestIdle : null,
            };
            asked.EnsureMayBeSent(ReuseDiagnosis.MostRequests(options));
            var target = asked.Request.On(new Target(TargetIds.Real, uri) { UserAgent = CommonOptions.DefaultUserAgent, HttpVersion = version });
            var file = Writable.File(json.Name, result.GetValue(json));
            return (int)await new DiagnoseRun(target, options, file, Console.Out, Console.Error).RunAsync(interrupted);
        });
        return command;
    }

    private static Version? Version(string option, string? given, Uri uri) => CommonOptions.HttpVersion(option, given) switch
    {
        { Major: 3 } when uri.Scheme != Uri.UriSchemeHttps => throw CommonOptions.Wrong($"{option} 3 is for https: {PublicUrl.Of(uri)} has no TLS"),
        { Major: 3 } when Quic.Unsupported is { } why => throw new UserException(ExitCode.CouldNotMeasure, $"{option} 3: {why}"),
        var version => version,
    };

    private static ClientPattern Pattern(string id, Uri uri, Version? version, OwnRequest request)
    {
        if (!ClientPatterns.All.TryGetValue(id, out var pattern))
        {
            var known = ClientPatterns.All.Values.Where(each => Complaint(each, uri, version, request) is null).Select(each => each.Id).Order(StringComparer.Ordinal);
            throw CommonOptions.Wrong($"--client {id}: no such client pattern; {Suggestion.Asked(id, ClientPatterns.All.Keys, $"there are {string.Join(", ", known)}")}");
        }

        return Complaint(pattern, uri, version, request) is { } complaint ? throw CommonOptions.Wrong($"--client {id}: {complaint}") : pattern;
    }

    // A diagnosis looks at a few calls that follow one another, whatever they wait for and however many a client makes.
    private static string? Complaint(ClientPattern pattern, Uri uri, Version? version, OwnRequest request) => pattern.NotElsewhere(version) ?? pattern.Unable(request) ?? pattern switch
    {
        { InFlight: not null } => "its calls overlap, and a diagnosis looks at calls that follow one another",
        { TlsOnly: true } when uri.Scheme != Uri.UriSchemeHttps => $"it is for https: {PublicUrl.Of(uri)} has no TLS",
        _ => null,
    };
}
