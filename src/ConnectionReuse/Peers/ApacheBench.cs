using System.Globalization;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>ApacheBench, which speaks HTTP/1.0.</summary>
internal sealed class ApacheBench : PeerTool
{
    /// <inheritdoc/>
    public override string Id => "ab";

    /// <inheritdoc/>
    public override string Package => "apt install apache2-utils";

    /// <inheritdoc/>
    public override bool ChecksCertificates => false;

    /// <inheritdoc/>
    public override IReadOnlyList<PeerRow> Rows { get; } =
    [
        new("ab-fresh", "ab -n N -c 1 url", Reuses: false),
        new("ab-keepalive", "ab -k -n N -c 1 url", Reuses: true),
    ];

    private protected override IReadOnlyList<string> Programs => ["ab"];

    private protected override IReadOnlyList<string> Introduction => ["-V"];

    private protected override InstalledPeer? Recognize(string program, ProcessOutput said) =>
        ToolVersion.After("This is ApacheBench, Version ", said.Output) is { } version ? new InstalledPeer(this, program, version) : null;

    internal override async Task<PeerMeasurement> RunAsync(string program, PeerRow row, PeerBlock block, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            "-q", // no progress
            "-l", // a page whose length varies is not a failed one
            "-s", PeerBlock.CallTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "-n", block.Requests.ToString(CultureInfo.InvariantCulture),
            "-c", "1",
            .. row.Reuses ? ["-k"] : Array.Empty<string>(),
            block.Url,
        ];
        return ApacheBenchReport.Read(await new PeerCommand(program, arguments, PeerBlock.TimeoutOf(block.Requests)).RunAsync(cancellationToken), block.Requests);
    }
}
