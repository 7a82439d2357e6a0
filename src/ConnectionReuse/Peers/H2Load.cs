using System.Globalization;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>h2load, made to speak HTTP/1.1 as the others do. It opens one connection for each of its clients, so it has no fresh row.</summary>
internal sealed class H2Load : PeerTool
{
    /// <inheritdoc/>
    public override string Id => "h2load";

    /// <inheritdoc/>
    public override string Package => "apt install nghttp2-client";

    /// <inheritdoc/>
    public override bool ChecksCertificates => false;

    /// <inheritdoc/>
    public override IReadOnlyList<PeerRow> Rows { get; } = [new("h2load-reused", "h2load --h1 -n N -c 1 url", Reuses: true)];

    private protected override IReadOnlyList<string> Programs => ["h2load"];

    private protected override IReadOnlyList<string> Introduction => ["--version"];

    private protected override InstalledPeer? Recognize(string program, ProcessOutput said) =>
        ToolVersion.After("h2load nghttp2/", said.Output) is { } version ? new InstalledPeer(this, program, version) : null;

    internal override async Task<PeerMeasurement> RunAsync(string program, PeerRow row, PeerBlock block, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--h1",
            "-n", block.Requests.ToString(CultureInfo.InvariantCulture),
            "-c", "1",
            "-N", PeerBlock.CallTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture), // of a connection that says nothing
            block.Url,
        ];
        return H2LoadReport.Read(await new PeerCommand(program, arguments, PeerBlock.TimeoutOf(block.Requests)).RunAsync(cancellationToken), block.Requests);
    }
}
