using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Processes;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>Servers that nobody here wrote, where they are installed, each with a configuration that loses connections.</summary>
public sealed class RealServersTests
{
    [Theory]
    [InlineData("keepalive_timeout 0;", ReuseCause.ServerSaysClose)]
    [InlineData("keepalive_timeout 75s 1s;", ReuseCause.KeepAliveTooShort)]
    [InlineData("keepalive_requests 7;", ReuseCause.RequestCap)]
    [InlineData("keepalive_timeout 75s; lingering_close always;", ReuseCause.None)]
    public async Task Nginx(string setting, ReuseCause cause) => await HoldsAsync(
        "nginx",
        (port, folder) => $"pid {folder}/pid; error_log {folder}/log; daemon off; events {{}} http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder}; server {{ listen 127.0.0.1:{port}; {setting} location / {{ return 200 ok; }} }} }}",
        config => ["-c", config],
        cause);

    // It announces time-out and cap only to a client that asks for keep-alive, which HTTP/1.1 does not need to.
    [Theory]
    [InlineData("KeepAlive Off", ReuseCause.ServerSaysClose)]
    [InlineData("MaxKeepAliveRequests 7", ReuseCause.RequestCap)]
    [InlineData("KeepAliveTimeout 1", ReuseCause.None)]
    public async Task Apache(string setting, ReuseCause cause) => await HoldsAsync(
        "apache2",
        (port, folder) => $"ServerName localhost\nUser nobody\nGroup nogroup\nServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/log\nListen 127.0.0.1:{port}\nLoadModule mpm_event_module {Modules}/mod_mpm_event.so\nLoadModule authz_core_module {Modules}/mod_authz_core.so\nDocumentRoot {folder}\n{setting}\n",
        config => ["-DFOREGROUND", "-f", config],
        cause);

    [Theory]
    [InlineData("option httpclose", ReuseCause.ServerSaysClose)]
    [InlineData("timeout http-keep-alive 60s", ReuseCause.None)]
    public async Task HAProxy(string setting, ReuseCause cause) => await HoldsAsync(
        "haproxy",
        (port, _) => $"defaults\n  mode http\n  timeout client 60s\n  timeout connect 5s\n  timeout server 60s\nfrontend f\n  bind 127.0.0.1:{port}\n  {setting}\n  http-request return status 200 content-type text/plain string ok\n",
        config => ["-db", "-f", config],
        cause);

    [Theory]
    [InlineData("server.max-keep-alive-requests = 7", ReuseCause.RequestCap)]
    [InlineData("server.max-keep-alive-requests = 0", ReuseCause.ServerSaysClose)]
    public async Task Lighttpd(string setting, ReuseCause cause) => await HoldsAsync(
        "lighttpd",
        (port, folder) => $"server.document-root = \"{folder}\"\nserver.bind = \"127.0.0.1\"\nserver.port = {port}\nserver.errorlog = \"{folder}/log\"\n{setting}\n",
        config => ["-D", "-f", config],
        cause);

    [Fact]
    public async Task Caddy() => await HoldsAsync(
        "caddy",
        (port, _) => $"{{\n  admin off\n  auto_https off\n}}\nhttp://127.0.0.1:{port} {{\n  respond ok\n}}\n",
        config => ["run", "--adapter", "caddyfile", "--config", config],
        ReuseCause.None);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private const string Modules = "/usr/lib/apache2/modules"; // Debian's

    private static async Task HoldsAsync(string program, Func<int, string, string> configuration, Func<string, string[]> arguments, ReuseCause cause)
    {
        var path = SearchPath.Find(program) ?? SearchPath.Find(program, "/usr/sbin");
        Assert.SkipWhen(path is null, $"{program} is not installed");
        Assert.SkipWhen(program == "apache2" && !Directory.Exists(Modules), "Apache's modules are not where Debian has them");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var cancellation = patience.Token;
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            var port = FreePort();
            var config = Path.Combine(folder.FullName, "config");
            await File.WriteAllTextAsync(config, configuration(port, folder.FullName), cancellation);
            var start = new ProcessStartInfo(path!, arguments(config)) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder.FullName };
            start.Environment["XDG_CONFIG_HOME"] = start.Environment["XDG_DATA_HOME"] = folder.FullName; // where Caddy keeps its own
            using var server = Process.Start(start)!;
            var output = Task.WhenAll(server.StandardError.ReadToEndAsync(cancellation), server.StandardOutput.ReadToEndAsync(cancellation));
            try
            {
                await UntilItListensAsync(server, port, cancellation);
                var report = await ReuseDiagnosis.RunAsync(new Target(TargetIds.Real, new Uri($"http://127.0.0.1:{port}/")), new DiagnosisOptions(), TimeProvider.System, cancellation);
                Assert.Equal(cause, report.Verdict?.Cause);
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync(CancellationToken.None);
                await output.WaitAsync(LastWords, CancellationToken.None);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilItListensAsync(Process server, int port, CancellationToken cancellationToken)
    {
        while (true)
        {
            Assert.False(server.HasExited, "the server did not start");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }
}
