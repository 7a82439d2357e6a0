using System.Net;
using System.Security.Authentication;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Links;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>What the user asked of <c>timeit</c>, checked.</summary>
internal sealed record TimeitOptions
{
    /// <summary>Local targets, by their ids; none for all of <see cref="Server"/>.</summary>
    public required IReadOnlyList<string> LocalTargets { get; init; }

    /// <summary>URLs of the user's.</summary>
    public required IReadOnlyList<Uri> RealUrls { get; init; }

    /// <summary>The control of a server that was started apart; null where the run starts its own.</summary>
    public DnsEndPoint? Server { get; init; }

    /// <summary>Client patterns, by their ids.</summary>
    public required IReadOnlyList<string> Clients { get; init; }

    /// <summary>Requests of a block.</summary>
    public required int Requests { get; init; }

    /// <summary>Turns of each client pattern in each set.</summary>
    public required int Repeat { get; init; }

    /// <summary>Sets of processes: the unit of an interval.</summary>
    public required int Sets { get; init; }

    /// <summary>Decides every order.</summary>
    public required int Seed { get; init; }

    /// <summary>The emulated link in front of the local targets, and how long they think.</summary>
    public LinkOptions Link { get; init; } = LinkOptions.None;

    /// <summary>The link's options as they were given, in the order of <c>--rtt</c>, <c>--bandwidth</c>, <c>--server-time</c>.</summary>
    public IReadOnlyDictionary<string, string> LinkArguments { get; init; } = new Dictionary<string, string>();

    /// <summary>The only TLS version; null to let both ends agree.</summary>
    public SslProtocols? TlsVersion { get; init; }

    /// <summary>The HTTP version to insist on; null for HTTP/1.1.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>Whether the documented session is reproduced: one connection for all blocks, its connect timed too.</summary>
    public bool Documented { get; init; }

    /// <summary>Whether other tools make the same calls.</summary>
    public bool Peers { get; init; }

    /// <summary>Whether the screen explains its terms.</summary>
    public bool Explain { get; init; }

    /// <summary>Environment variables that clients and servers get beside the suite's own.</summary>
    public PassedOn PassedOn { get; init; } = PassedOn.Nothing;

    /// <summary>What each call to a URL is.</summary>
    public AskedRequest Asked { get; init; } = AskedRequest.Nothing;

    /// <summary>The User-Agent for real targets.</summary>
    public required string UserAgent { get; init; }

    /// <summary>Where result folders are made.</summary>
    public required string Out { get; init; }

    /// <summary>A further copy of the result file; null for none.</summary>
    public string? Json { get; init; }

    /// <summary>A further copy of the table; null for none.</summary>
    public string? Markdown { get; init; }

    /// <summary>Whether the page is opened at the end.</summary>
    public bool Open { get; init; }

    /// <summary>Told what was found, when it is shown.</summary>
    public Action<ResultFile> Told { get; init; } = static _ => { };

    /// <summary>The command line as it may be published.</summary>
    public required string CommandLine { get; init; }
}
