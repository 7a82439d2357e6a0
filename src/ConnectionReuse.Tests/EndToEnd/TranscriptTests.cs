using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgram))]
public sealed partial class TranscriptTests
{
    [Fact]
    public async Task It_is_the_documented_session()
    {
        using var run = await ProgramRun.ToEndAsync("transcript --requests 10", withFolder: false);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Golden.Holds("transcript.txt", Masked(run.Output) + "\n");
    }

    [Fact]
    [Fault("a server that closes every connection, in a transcript", "every connection as it opens; exit 1")]
    public async Task A_server_that_closes_every_connection_makes_it_fail()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new CannedServer(CannedServer.Response("200 OK", "x", "Connection: close"), connection => connection.Close());

        using var run = await ProgramRun.ToEndAsync($"transcript {server.Uri} --requests 3", withFolder: false);

        Assert.Equal(ExitCode.DoesNotHold, run.ExitCode);
        Assert.Contains("(4): localhost", run.Output, StringComparison.Ordinal); // the shared client's fourth
    }

    [Fact]
    [Fault("`./run.sh transcript` of a port where nobody listens", "the URL and connection refused; exit 4")]
    public async Task A_target_that_does_not_answer_says_why()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync("transcript https://no-such-host.invalid/ --requests 3", withFolder: false);

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal("https://no-such-host.invalid/: the name is not known", run.Errors.Trim());
    }

    [Fact]
    public async Task A_transcript_takes_a_URL_and_says_so_of_a_local_target()
    {
        Assert.Equal("kestrel-https: a URL is needed here, not a local target", await RootRun.RefusalAsync("transcript kestrel-https", withFolder: false));
    }

    [Fact]
    public async Task Serve_answers_any_client_that_trusts_its_authority_until_it_is_interrupted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent with kill");
        using var run = ProgramRun.Start("serve kestrel-https --rtt 10ms", withFolder: false);
        await run.UntilAsync("Ctrl-C ends it.");
        var lines = run.Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(words => words[0], words => words[^1]);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(lines["trust"]);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = Trusting(authority) } });
        using var response = await client.GetAsync(lines["kestrel-https"], TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);

        using (var kill = System.Diagnostics.Process.Start("kill", $"-INT {run.ProcessId}"))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await run.EndAsync();
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.False(File.Exists(lines["trust"]));
    }

    private static X509ChainPolicy Trusting(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { authority },
    };

    private static string Masked(string output) => Time().Replace(Port().Replace(output, "localhost:PORT"), "SECONDS");

    [GeneratedRegex("localhost:[0-9]+")]
    private static partial Regex Port();

    [GeneratedRegex("^[0-9.]+$", RegexOptions.Multiline)]
    private static partial Regex Time();
}
