using System.Globalization;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>The seed's own system: <c>requests.get</c> and <c>requests.Session</c> under <c>timeit</c>.</summary>
internal sealed class PythonRequests : PeerTool
{
    // Around the statement, which stays the user's: each response must be a success, and none is waited for forever.
    private const string Script = """
        import json, sys, timeit
        import requests
        from requests.adapters import HTTPAdapter

        statement, setup, number, seconds = sys.argv[1:]
        url = sys.stdin.readline().strip()
        send, limit = HTTPAdapter.send, float(seconds)

        def send_checked(self, request, **options):
            options["timeout"] = limit
            response = send(self, request, **options)
            if not 200 <= response.status_code < 300:
                sys.exit(f"status {response.status_code} {response.reason}")
            return response

        HTTPAdapter.send = send_checked
        try:
            print(timeit.timeit(statement.replace("url", json.dumps(url)), setup, number=int(number)))
        except OSError as error:
            while error.__context__ is not None:
                error = error.__context__
            sys.exit(f"{type(error).__name__}: {error}")
        """;

    /// <inheritdoc/>
    public override string Id => "python-requests";

    /// <inheritdoc/>
    public override string Package => "pip install requests";

    /// <inheritdoc/>
    public override bool ChecksCertificates => true;

    /// <inheritdoc/>
    public override bool HidesUrl => true; // it reads the URL

    /// <inheritdoc/>
    public override IReadOnlyList<PeerRow> Rows { get; } =
    [
        new("python-requests.get", "_ = requests.get(url)", Reuses: false),
        new("python-session.get", "_ = session.get(url)", Reuses: true),
    ];

    private protected override IReadOnlyList<string> Programs => ["python3", "python"];

    private protected override IReadOnlyList<string> Introduction =>
        ["-c", "import platform, requests, sys; print(f'{requests.__version__}, Python {platform.python_version()}'); print(sys.executable)"];

    private protected override InstalledPeer? Recognize(string program, ProcessOutput said) =>
        said.ExitCode == 0 && said.Output.Split('\n', StringSplitOptions.TrimEntries) is [var version, var interpreter, ..]
            ? new InstalledPeer(this, interpreter.Length > 0 ? interpreter : program, version) // itself, for a version manager puts a shell script first on the path
            : null;

    internal override async Task<PeerMeasurement> RunAsync(string program, PeerRow row, PeerBlock block, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-c", Script,
            row.Statement,
            row.Reuses ? "import requests; session = requests.Session()" : "import requests",
            block.Requests.ToString(CultureInfo.InvariantCulture),
            PeerBlock.CallTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ];
        var environment = new Dictionary<string, string>();
        if (block.AuthorityFile is { } file)
        {
            environment["REQUESTS_CA_BUNDLE"] = file; // instead of an argument verify=..., which the seed's statement has not
        }

        var said = await new PeerCommand(program, arguments, PeerBlock.TimeoutOf(block.Requests)) { Input = block.Url + "\n", Environment = environment }.RunAsync(cancellationToken);
        return PythonReport.Read(said);
    }
}
