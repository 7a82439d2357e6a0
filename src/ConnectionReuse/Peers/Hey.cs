using System.Globalization;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>hey. It tells no version.</summary>
internal sealed class Hey : PeerTool
{
    /// <inheritdoc/>
    public override string Id => "hey";

    /// <inheritdoc/>
    public override string Package => "apt install hey, or go install github.com/rakyll/hey@latest";

    /// <inheritdoc/>
    public override bool ChecksCertificates => false; // InsecureSkipVerify in its requester/requester.go

    /// <inheritdoc/>
    public override IReadOnlyList<PeerRow> Rows { get; } =
    [
        new("hey-fresh", "hey -n N -c 1 -disable-keepalive url", Reuses: false),
        new("hey-keepalive", "hey -n N -c 1 url", Reuses: true),
    ];

    private protected override IReadOnlyList<string> Programs => ["hey"];

    private protected override IReadOnlyList<string> Introduction => []; // without a URL it shows its usage

    private protected override InstalledPeer? Recognize(string program, ProcessOutput said) =>
        said.Errors.StartsWith("Usage: hey", StringComparison.Ordinal) ? new InstalledPeer(this, program, Version: null) : null;

    internal override async Task<PeerMeasurement> RunAsync(string program, PeerRow row, PeerBlock block, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            "-n", block.Requests.ToString(CultureInfo.InvariantCulture),
            "-c", "1",
            "-t", PeerBlock.CallTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "-disable-redirects", // else a redirect counts as one call and makes two
            .. row.Reuses ? Array.Empty<string>() : ["-disable-keepalive"],
            block.Url,
        ];
        return HeyReport.Read(await new PeerCommand(program, arguments, PeerBlock.TimeoutOf(block.Requests)).RunAsync(cancellationToken), block.Requests);
    }
}
