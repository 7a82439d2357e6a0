using System.Globalization;
using System.Text;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>curl: a process for each call, or one process with the URL repeated. Timed by us, start and end of the processes included.</summary>
internal sealed class Curl : PeerTool
{
    private static readonly string Nowhere = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    /// <inheritdoc/>
    public override string Id => "curl";

    /// <inheritdoc/>
    public override string Package => "apt install curl";

    /// <inheritdoc/>
    public override bool ChecksCertificates => true;

    /// <inheritdoc/>
    public override bool HidesUrl => true; // --config - reads it

    /// <inheritdoc/>
    public override bool TimesItself => false;

    /// <inheritdoc/>
    public override IReadOnlyList<PeerRow> Rows { get; } =
    [
        new("curl-fresh", "curl url", Reuses: false),
        new("curl-reused", "curl url url ...", Reuses: true),
    ];

    private protected override IReadOnlyList<string> Programs => ["curl"];

    private protected override IReadOnlyList<string> Introduction => ["--version"];

    private protected override InstalledPeer? Recognize(string program, ProcessOutput said) =>
        ToolVersion.After("curl ", said.Output) is { } version ? new InstalledPeer(this, program, version) : null;

    internal override async Task<PeerMeasurement> RunAsync(string program, PeerRow row, PeerBlock block, CancellationToken cancellationToken)
    {
        var (processes, calls) = row.Reuses ? (1, block.Requests) : (block.Requests, 1);
        var command = new PeerCommand(program, Arguments(block), PeerBlock.TimeoutOf(calls)) { Input = Urls(block.Url, calls) };
        var seconds = 0.0;
        var connections = 0;
        for (var i = 0; i < processes; i++)
        {
            var said = await command.RunAsync(cancellationToken);
            connections += CurlReport.Connections(said, calls);
            seconds += said.Elapsed.TotalSeconds;
        }

        return new PeerMeasurement(seconds, connections);
    }

    private static List<string> Arguments(PeerBlock block)
    {
        List<string> arguments =
        [
            "--disable", // first, or it does not count: no .curlrc
            "--silent", "--show-error", "--fail-early", "--globoff",
            "--http1.1", // as the other tools and HttpClient; over TLS curl would take HTTP/2
            "--max-time", PeerBlock.CallTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture), // of each call
            "--write-out", CurlReport.Format,
            "--config", "-",
        ];
        if (block.AuthorityFile is { } file)
        {
            arguments.AddRange(["--cacert", file]);
        }

        return arguments;
    }

    // An absolute URL of System.Uri holds neither a quotation mark nor a backslash.
    private static string Urls(string url, int calls) => new StringBuilder()
        .Insert(0, $"url = \"{url}\"\noutput = \"{Nowhere}\"\n", calls)
        .ToString();
}
