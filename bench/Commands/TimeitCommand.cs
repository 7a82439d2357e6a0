using System.CommandLine;
using System.Globalization;
using System.Security.Authentication;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Bench.Timeit;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using Spectre.Console;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The <c>timeit</c> verb: its options, checked.</summary>
internal sealed class TimeitCommand
{
    private const int DocumentedBlocks = 10;
    private const int MostRequests = 1_000_000;
    private const int MostTurns = 1_000;
    private const int MostSets = 100;
    private const int Sets = 3; // the fewest that give an interval
    private const int Turns = 2; // there and back
    private const int TurnsOfUrls = 1; // nobody else's server is asked for more than an interval needs

    private readonly Argument<string[]> _targets = new("target") { Description = "http(s) URLs, or local targets (wiremock-http, wiremock-https, kestrel-http, kestrel-https); none: WireMock.Net over both", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int?> _requests = CommonOptions.WholeNumber(["--requests", "--number"], 1, MostRequests, "Requests of a block [default: 100]");
    private readonly Option<int?> _repeat = CommonOptions.WholeNumber(["--repeat"], 1, MostTurns, "Turns of each client in each set [default: 2, and 1 where a URL is called]");
    private readonly Option<int?> _sets = CommonOptions.WholeNumber(["--sets"], 1, MostSets, "Processes that take turns, each with all clients: what an interval is over [default: 3]");
    private readonly Option<int?> _seed = CommonOptions.WholeNumber(["--seed"], int.MinValue, int.MaxValue, "Repeats the order of a run that names it");
    private readonly LinkOptionSet _link = new();
    private readonly Option<string?> _tls = new("--tls") { Description = "The only TLS version: 1.2 or 1.3", HelpName = "VERSION" };
    private readonly Option<string?> _http = new("--http") { Description = "The HTTP version to insist on: 1.1, 2 (over http:// without TLS) or 3", HelpName = "VERSION" };
    private readonly Option<string[]> _client = new("--client") { Description = "A client pattern to time beside fresh and shared, such as restsharp-shared, or all-lifetimes for all of ClientLifetimes; repeatable", HelpName = "ID" };
    private readonly Option<bool> _full = new("--full") { Description = "Times fresh clients with full TLS handshakes too (fresh-full)" };
    private readonly Option<bool> _documented = new("--documented") { Description = "Reproduces the documented session over an emulated link" };
    private readonly RequestOptionSet _request = new();
    private readonly Option<string?> _server = CommonOptions.Server();
    private readonly Option<bool> _peers = new("--peers") { Description = "Has other tools that are installed make the same calls: Python, curl, ab, hey, h2load" };
    private readonly Option<string[]> _passedOn = CommonOptions.PassedOnVariables();
    private readonly Option<string?> _json = CommonOptions.Json();
    private readonly Option<string?> _markdown = CommonOptions.Markdown();
    private readonly Option<bool> _open = CommonOptions.Open();
    private readonly Option<bool> _explain = CommonOptions.Explain();
    private readonly Option<string?> _out = new("--out") { Description = "Where result folders are made, instead of results/local", HelpName = "DIR" };

    /// <summary>The verb.</summary>
    /// <param name="crank">Told what was found.</param>
    public static Command Create(CrankReport crank)
    {
        var verb = new TimeitCommand();
        var command = new Command("timeit", "Times fresh and shared clients, on any URL too.")
        {
            verb._targets, verb._requests, verb._repeat, verb._sets, verb._seed, verb._tls, verb._http, verb._client, verb._full,
            verb._documented, verb._server, verb._peers, verb._passedOn, verb._json, verb._markdown, verb._open, verb._explain, verb._out, crank.Option,
        };
        foreach (var option in verb._link.All.Concat(verb._request.All))
        {
            command.Options.Add(option);
        }

        command.SetAction(async (result, interrupted) =>
            (int)await new TimeitRun(verb.Read(result) with { Told = crank.Take }, AnsiConsole.Console, StatusLine.ErrorConsole(), TimeProvider.System).RunAsync(interrupted));
        return command;
    }

    private TimeitOptions Read(ParseResult result)
    {
        var documented = result.GetValue(_documented);
        var asked = _request.Read(result);
        string[] targets = result.GetValue(_targets) ?? [];
        var local = targets.Where(TargetIds.Local.Contains).Distinct().ToArray();
        var real = CommonOptions.Distinct([.. asked.With([.. targets.Except(local).Select(url => CommonOptions.Url(url, orLocal: true))])]);
        var http = CommonOptions.HttpVersion(_http.Name, result.GetValue(_http));
        asked.Check(real, http);
        if (result.GetValue(_peers) && ((Option[])[_documented, _tls, _http]).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } ours)
        {
            throw CommonOptions.Wrong($"{ours.Name} cannot be asked of other tools: leave out --peers");
        }

        if (result.GetValue(_peers) && asked.Options.Count > 0)
        {
            throw CommonOptions.Wrong($"{asked.Options[0]} cannot be asked of other tools: leave out --peers");
        }

        var server = CommonOptions.ServerAt(result.GetValue(_server));
        if (server is not null)
        {
            CommonOptions.RefuseWithServer(result, [.. _link.All, _documented, _passedOn, .. _request.All]);
            if (real.Length > 0)
            {
                throw CommonOptions.Wrong($"{_server.Name} is for its own targets: leave out {PublicUrl.Of(real[0])}");
            }
        }

        var link = documented
            ? DocumentedLink(result, targets)
            : _link.Given(result);
        if (link.Count > 0 && real.Length > 0)
        {
            throw CommonOptions.Wrong($"--{link.First().Key} is for local targets: {PublicUrl.Of(real[0])} has a network of its own");
        }

        string[] plain = [.. local.Where(id => !TargetIds.IsTls(id)), .. real.Where(url => url.Scheme == Uri.UriSchemeHttp).Select(PublicUrl.Of)];
        if (result.GetValue(_tls) is not null && plain.Length > 0)
        {
            throw CommonOptions.Wrong($"{_tls.Name} is for https: {plain[0]} has no TLS");
        }

        if (http is { Major: 3 } && (local.FirstOrDefault() ?? (real.Length == 0 ? TargetIds.WireMockHttps : null)) is { } own)
        {
            throw CommonOptions.Wrong($"{_http.Name} 3 is for URLs: {own} speaks HTTP/1.1 and 2; class Protocols has the control over HTTP/3");
        }

        if (http is { Major: 3 } && plain.Length > 0)
        {
            throw CommonOptions.Wrong($"{_http.Name} 3 is for https: {plain[0]} has no TLS, and QUIC always has");
        }

        string[] named = result.GetValue(_client) ?? [];
        var clients = NamedClients.Of(named, result.GetValue(_full));
        RefuseClients(named, real.Length > 0 ? TargetIds.Real : local.FirstOrDefault() ?? TargetIds.WireMockHttps, plain.Length > 0 && plain.Length == targets.Length ? plain[0] : null, http, asked.Request);
        var requests = result.GetValue(_requests) ?? DocumentedFigures.Calls;
        return new TimeitOptions
        {
            LocalTargets = documented ? [TargetIds.KestrelHttps]
                : targets.Length == 0 && real.Length == 0 && server is null ? [TargetIds.WireMockHttps, TargetIds.WireMockHttp] : local,
            RealUrls = real,
            Server = server,
            Clients = documented ? [ClientIds.FreshFull, ClientIds.Shared] : clients,
            Requests = documented ? Math.Max(1, requests / DocumentedBlocks) : requests,
            Repeat = documented ? Math.Min(requests, DocumentedBlocks)
                : result.GetValue(_repeat) ?? (real.Length > 0 ? TurnsOfUrls : Turns),
            Sets = documented ? 1 : result.GetValue(_sets) ?? Sets,
            Seed = result.GetValue(_seed) ?? Random.Shared.Next(),
            LinkArguments = link,
            Link = LinkOptionSet.LinkOf(link),
            TlsVersion = Tls(documented ? "1.2" : result.GetValue(_tls)),
            HttpVersion = http,
            Documented = documented,
            Peers = result.GetValue(_peers),
            Explain = result.GetValue(_explain),
            PassedOn = PassedOn.Parse(result.GetValue(_passedOn) ?? []),
            Asked = asked,
            UserAgent = CommonOptions.DefaultUserAgent,
            Out = Writable.Folder(_out.Name, result.GetValue(_out) ?? Folders.Local),
            Json = Writable.File(_json.Name, result.GetValue(_json)),
            Markdown = Writable.File(_markdown.Name, result.GetValue(_markdown)),
            Open = result.GetValue(_open),
            CommandLine = CommonOptions.Publishable(result),
        };
    }

    // What all-lifetimes stands for may have rows without a figure; what is asked for by its name may not.
    private static void RefuseClients(string[] asked, string targetId, string? plain, Version? http, OwnRequest request)
    {
        foreach (var client in asked.Where(client => client != NamedClients.AllLifetimes))
        {
            if ((NamedClients.Untimed(client, targetId, http, request) ?? (plain is not null && ClientPatterns.All[client].TlsOnly ? $"it differs in its TLS handshakes alone, and {plain} has no TLS" : null)) is { } reason)
            {
                throw CommonOptions.Wrong($"--client {client}: {reason}");
            }
        }
    }

    private Dictionary<string, string> DocumentedLink(ParseResult result, string[] targets)
    {
        var given = (targets.Length > 0 ? "a target" : null)
            ?? ((Option[])[.. _link.All, _tls, _http, _client, _full, _repeat, _sets]).FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;
        return given is null
            ? new Dictionary<string, string> { ["rtt"] = Milliseconds(DocumentedFigures.RoundTripMilliseconds), ["server-time"] = Milliseconds(DocumentedFigures.ServerMilliseconds) }
            : throw CommonOptions.Wrong($"--documented sets the target and its network: leave out {given}");
    }

    private static string Milliseconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");

    private static SslProtocols? Tls(string? version) => version switch
    {
        null => null,
        "1.2" => SslProtocols.Tls12,
        "1.3" => SslProtocols.Tls13,
        _ => throw CommonOptions.Wrong($"--tls {version}: 1.2 or 1.3"),
    };
}
