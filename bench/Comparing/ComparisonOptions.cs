using System.Net;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>What the user asked of the comparison, checked.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>Requests per iteration.</summary>
    public required int Requests { get; init; }

    /// <summary>The real targets; empty with <c>--offline</c>.</summary>
    public required IReadOnlyList<Uri> RealUrls { get; init; }

    /// <summary>The control of a server that was started apart; null where the run starts its own.</summary>
    public DnsEndPoint? Server { get; init; }

    /// <summary>What each call to a real target is.</summary>
    public AskedRequest Asked { get; init; } = AskedRequest.Nothing;

    /// <summary>Whether the user named the real targets.</summary>
    public bool TargetsAreGiven { get; init; }

    /// <summary>The HTTP version to insist on with real targets; null for HTTP/1.1.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>The client patterns of <see cref="Benchmarks.RealClientLifetimes"/>, by their ids; empty for all.</summary>
    public IReadOnlyList<string> Clients { get; init; } = [];

    /// <summary>The User-Agent for real targets.</summary>
    public required string UserAgent { get; init; }

    /// <summary>Whether an unreachable target ends the run with <see cref="ExitCode.CouldNotMeasure"/>.</summary>
    public bool RequireTargets { get; init; }

    /// <summary>Where result folders are made.</summary>
    public required string Out { get; init; }

    /// <summary>Whether BenchmarkDotNet's log goes to the console, and errors show their stack.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether the screen explains its terms.</summary>
    public bool Explain { get; init; }

    /// <summary>Whether the classes outside the default comparison run too.</summary>
    public bool All { get; init; }

    /// <summary>The fault to inject; null for none.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Where the result file goes too; null for nowhere else.</summary>
    public string? Json { get; init; }

    /// <summary>Where the table goes too; null for nowhere else.</summary>
    public string? Markdown { get; init; }

    /// <summary>Whether the page is opened at the end.</summary>
    public bool Open { get; init; }

    /// <summary>Told what was found, when it is shown.</summary>
    public Action<ResultFile> Told { get; init; } = static _ => { };

    /// <summary>Decides every order; null for one that is drawn.</summary>
    public int? Seed { get; init; }

    /// <summary>Environment variables that clients and servers get beside the suite's own.</summary>
    public PassedOn PassedOn { get; init; } = PassedOn.Nothing;

    /// <summary>Arguments that are BenchmarkDotNet's own.</summary>
    public required IReadOnlyList<string> BenchmarkDotNet { get; init; }

    /// <summary>The command line as it may be published.</summary>
    public required string CommandLine { get; init; }
}

/// <summary>Ways to break a run on purpose, to see that it notices.</summary>
internal enum Fault
{
    /// <summary>The shared clients ask for <c>Connection: close</c>.</summary>
    SharedClose,

    /// <summary>WireMock.Net's faults cut half of the connections.</summary>
    BrokenResponses,
}
