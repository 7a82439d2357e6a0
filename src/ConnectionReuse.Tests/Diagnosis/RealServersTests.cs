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
        (port, folder) => $"{NginxHead(folder)} server {{ listen 127.0.0.1:{port}; {setting} location / {{ return 200 ok; }} }} }}",
        config => ["-c", config],
        cause);

    // What the remedy for HTTP/1.0 says, and that no less will do: the connections of an upstream that keeps them all.
    [Theory]
    [InlineData("", "", 20)]
    [InlineData("", "proxy_http_version 1.1;", 20)]
    [InlineData("", "proxy_http_version 1.1; proxy_set_header Connection \"\";", 20)]
    [InlineData("keepalive 8;", "proxy_http_version 1.1; proxy_set_header Connection \"\";", 1)]
    public async Task Nginx_keeps_an_upstream_only_with_all_three(string pool, string location, int connections)
    {
        const int Calls = 20;
        Assert.SkipWhen(connections > 1 && await NginxVersionAsync() >= KeepsByItself, $"nginx {KeepsByItself} and newer keeps its upstreams by itself");
        await using var upstream = new RawServer(_ => new(RawServer.Kept));
        await WithServerAsync(
            "nginx",
            (port, folder) => $"{NginxHead(folder)} upstream u {{ server 127.0.0.1:{upstream.Port}; {pool} }} server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://u; {location} }} }} }}",
            config => ["-c", config],
            async (url, cancellation) =>
            {
                using var client = new HttpClient();
                for (var call = 0; call < Calls; call++)
                {
                    Assert.Equal("ok", await client.GetStringAsync(url, cancellation));
                }
            });

        Assert.Equal((connections, Calls), (upstream.Requests.Count, upstream.Requests.Sum()));
    }

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

    [Theory]
    [InlineData("", ReuseCause.None)]
    [InlineData("server.keepAliveTimeout = 1000;", ReuseCause.KeepAliveTooShort)]
    [InlineData("server.maxRequestsPerSocket = 7;", ReuseCause.KeepAliveMax)]
    [InlineData("server.on('request', (_, response) => response.shouldKeepAlive = false);", ReuseCause.ServerSaysClose)]
    public async Task Node(string setting, ReuseCause cause) => await HoldsAsync(
        "node",
        (port, _) => $"const server = require('http').createServer(); {setting} server.on('request', (_, response) => response.end('ok')); server.listen({port}, '127.0.0.1');",
        config => [config],
        cause);

    [Theory]
    [InlineData("HTTP/1.0", ReuseCause.Http10)]
    [InlineData("HTTP/1.1", ReuseCause.None)]
    public async Task Python(string protocol, ReuseCause cause) => await HoldsAsync(
        "python3",
        (port, _) => $"import http.server as h\nh.SimpleHTTPRequestHandler.protocol_version = '{protocol}'\nh.ThreadingHTTPServer(('127.0.0.1', {port}), h.SimpleHTTPRequestHandler).serve_forever()\n",
        config => [config],
        cause);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Version KeepsByItself = new(1, 29, 7);

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private const string Modules = "/usr/lib/apache2/modules"; // Debian's

    private static async Task<Version?> NginxVersionAsync() => (SearchPath.Find("nginx") ?? SearchPath.Find("nginx", "/usr/sbin")) is not { } path ? null : Version.Parse(
        (await ChildProcess.RunAsync(new ProcessStartInfo(path, "-v"), "nginx", Patience, TestContext.Current.CancellationToken)).Errors.Split('/')[1].Split(' ')[0].Trim());

    private static string NginxHead(string folder) =>
        $"pid {folder}/pid; error_log {folder}/log; daemon off; events {{}} http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};";

    private static Task HoldsAsync(string program, Func<int, string, string> configuration, Func<string, string[]> arguments, ReuseCause cause) =>
        WithServerAsync(program, configuration, arguments, async (url, cancellation) =>
        {
            var report = await ReuseDiagnosis.RunAsync(new Target(TargetIds.Real, url), new DiagnosisOptions(), TimeProvider.System, cancellation);
            Assert.Equal(cause, report.Verdict?.Cause);
        });

    private static async Task WithServerAsync(string program, Func<int, string, string> configuration, Func<string, string[]> arguments, Func<Uri, CancellationToken, Task> use)
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
                await use(new Uri($"http://127.0.0.1:{port}/"), cancellation);
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
