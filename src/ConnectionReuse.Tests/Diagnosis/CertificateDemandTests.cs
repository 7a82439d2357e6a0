using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using ConnectionReuse.Bench.Requests;
using ConnectionReuse.Clients;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Requests;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>Servers that ask their clients for a certificate: politely, with a refusal, and by breaking the handshake off.</summary>
public sealed class CertificateDemandTests : IDisposable
{
    private readonly ClientCertificates _files = new();
    private readonly TestCertificates _certificates = TestCertificates.Create(TimeProvider.System);

    public void Dispose()
    {
        _files.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_server_that_asks_and_lives_without_it_is_told_in_a_remark()
    {
        await using var server = Server(insists: false);

        var report = await DiagnoseAsync(server.Target);

        Assert.Equal((ReuseCause.None, true), (report.Verdict!.Cause, report.Tls!.AsksForCertificate));
        Assert.Contains("the server asks for a client certificate, and none was sent: --cert FILE sends one", report.Remarks);
    }

    [Fact]
    [Fault("a server that answers 400 and closes, because no client certificate was sent", "that it asks for one, and the option that sends it")]
    public async Task A_server_that_refuses_because_of_it_is_told_by_its_cause()
    {
        await using var server = Server(insists: false, _ => CannedServer.Response("400 Bad Request", "no certificate", "Connection: close"));

        var report = await DiagnoseAsync(server.Target);

        Assert.Equal(ReuseCause.CertificateDemanded, report.Verdict!.Cause);
        Assert.StartsWith("send one: --cert FILE", report.Verdict.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    [Fault("a server that breaks the handshake off ({0}), because no client certificate was sent", "that it asks for one, and the option that sends it; exit 4")]
    public async Task A_server_that_insists_is_the_reason(SslProtocols version)
    {
        await using var server = Server(insists: true);

        var report = await DiagnoseAsync(server.Target with { TlsVersion = version });

        Assert.Null(report.Verdict);
        Assert.EndsWith("; the server asks for a client certificate, and none was sent: --cert FILE sends one", report.Failure, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_certificate_that_is_sent_leaves_nothing_to_say()
    {
        await using var server = Server(insists: true);

        var report = await DiagnoseAsync(server.Target, CertificateFiles.Client(_files["both.pem"], null, null));

        Assert.Equal((ReuseCause.None, true), (report.Verdict!.Cause, report.Tls!.AsksForCertificate));
        Assert.Empty(report.Remarks);
    }

    [Fact]
    [Fault("the TLS alert that asks for a client certificate", "that the server demands one, and the option that sends it")]
    public void The_alert_is_put_into_words() => Assert.Equal(
        "TLS: the server demands a client certificate (--cert FILE)",
        Failure.Describe(new HttpRequestException("sending", new IOException("reading", new AuthenticationException("error:0A00045C:SSL routines::tlsv13 alert certificate required")))));

    private RecordingServer Server(bool insists, Func<RecordedRequest, string>? respond = null) => new(respond, new SslServerAuthenticationOptions
    {
        ServerCertificate = _certificates.Leaf,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null || !insists,
    });

    private Task<DiagnosisReport> DiagnoseAsync(Target target, ClientCertificate? certificate = null) => ReuseDiagnosis.RunAsync(
        target with
        {
            Trust = new TrustedRoot(_certificates.Authority.ExportCertificatePem()),
            HttpVersion = HttpVersion.Version11,
            Request = new OwnRequest { Certificate = certificate },
        },
        new DiagnosisOptions(),
        TimeProvider.System,
        TestContext.Current.CancellationToken);
}
