using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Connections;
using ConnectionReuse.Tests.Diagnosis;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgramBeside))]
public sealed class DiagnoseTests
{
    [Fact]
    public async Task A_connection_that_is_kept_is_exit_0_and_its_secrets_are_nowhere()
    {
        await using var server = new RawServer(_ => new(RawServer.Kept));
        var json = Path.Combine(Path.GetTempPath(), $"connection-reuse-test-{Guid.NewGuid():n}.json");

        using var run = await ProgramRun.ToEndAsync($"diagnose http://user:secret@localhost:{server.Port}/?token=secret --json {json}", withFolder: false);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.StartsWith("Reused: one connection carried all 24 calls.\n", run.Output, StringComparison.Ordinal);
        var written = await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken);
        File.Delete(json);
        Assert.DoesNotContain("secret", run.Output + run.Errors + written, StringComparison.Ordinal);
        Assert.Empty((await SchemaTests.SchemaAsync("schema-diagnosis.json")).Validate(written));
        using var report = JsonDocument.Parse(written);
        Assert.Equal("none", report.RootElement.GetProperty("verdict").GetProperty("cause").GetString());
    }

    [Fact]
    [Fault("`./run.sh diagnose` of a server that closes each connection", "the verdict with its cause and remedy on top; exit 1")]
    public async Task A_connection_that_is_not_kept_is_exit_1_in_80_columns_without_control_characters()
    {
        await using var server = new RawServer(_ => new("HTTP/1.1 200 OK\r\nVia: 1.1 \u001b[31mred\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", Afterwards.Closes));

        using var run = await ProgramRun.ToEndAsync($"diagnose {server.Target.Uri}", withFolder: false);

        Assert.Equal(ExitCode.DoesNotHold, run.ExitCode);
        Assert.StartsWith("Not reused: the proxy in between (Via: 1.1 ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task HTTP_3_without_QUIC_is_one_line()
    {
        Assert.SkipUnless(Quic.Unsupported is not null, "this machine has QUIC");

        using var run = await ProgramRun.ToEndAsync("diagnose https://localhost:1/ --http 3", withFolder: false);

        Assert.Equal((ExitCode.CouldNotMeasure, $"--http 3: {Quic.Unsupported}"), (run.ExitCode, run.Errors.Trim()));
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("diagnose http://no-such-host.invalid/", 4, "http://no-such-host.invalid/: the name is not known")]
    [InlineData("diagnose http://127.0.0.1:1/", 4, "http://127.0.0.1:1/: connection refused (tried 127.0.0.1)")]
    [InlineData("diagnose http://localhost/ --client sharde", 2, "--client sharde: no such client pattern; did you mean shared?")]
    [InlineData("diagnose http://localhost/ --client server-closes", 2, "--client server-closes: it calls a path or a service that only the suite's own servers have")]
    [InlineData("diagnose http://localhost/ --client floor-shared", 2, "--client floor-shared: it reads the very bytes that the local targets send, and no other answer")]
    [InlineData("diagnose http://localhost/ --client flurl-shared --http 2", 2, "--client flurl-shared: it makes its own requests, which stay at HTTP/1.1 here")]
    [InlineData("diagnose http://localhost/ --http 4", 2, "--http 4: 1.1, 2 or 3")]
    [InlineData("diagnose http://localhost/ --http 3", 2, "--http 3 is for https: http://localhost/ has no TLS")]
    [InlineData("diagnose kestrel-http", 2, "kestrel-http: a URL is needed here, not a local target")]
    public async Task What_cannot_be_diagnosed_is_one_line(string arguments, int exit, string line)
    {
        var run = await RootRun.OfAsync(arguments.Split(' '));

        Assert.Equal((exit, line, ""), ((int)run.Exit, run.Errors.Trim().Split('\n')[^1], run.Output));
    }
}
