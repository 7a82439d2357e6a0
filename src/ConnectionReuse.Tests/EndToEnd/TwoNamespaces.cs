using System.Diagnostics;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>Two network namespaces with a cable between them and addresses of their own, gone with this object.</summary>
internal sealed class TwoNamespaces : IAsyncDisposable
{
    public const string ServerName = "reuse-server";
    public const string ServerAddress = "10.98.0.2";
    public const string ClientAddress = "10.98.0.1";

    // Files of its own that a namespace has in the place of those of /etc: man 8 ip-netns.
    private const string Files = "/etc/netns";

    private readonly string _server = $"reuse-s{Environment.ProcessId}";
    private readonly string _client = $"reuse-c{Environment.ProcessId}";

    public IReadOnlyList<string> UnderServer => ["ip", "netns", "exec", _server];

    public IReadOnlyList<string> UnderClient => ["ip", "netns", "exec", _client];

    /// <summary>Makes them; skips the test where nobody may.</summary>
    public static async Task<TwoNamespaces> MakeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "network namespaces are made by root on Linux");
        var made = new TwoNamespaces();
        try
        {
            await IpAsync($"netns add {made._server}");
            await IpAsync($"netns add {made._client}");
            await IpAsync($"link add cable-s netns {made._server} type veth peer name cable-c netns {made._client}");
            foreach (var (name, device, address) in new[] { (made._server, "cable-s", ServerAddress), (made._client, "cable-c", ClientAddress) })
            {
                await IpAsync($"-n {name} addr add {address}/24 dev {device}");
                await IpAsync($"-n {name} link set lo up");
                await IpAsync($"-n {name} link set {device} up");
                Directory.CreateDirectory(Path.Combine(Files, name));
                await File.WriteAllTextAsync(Path.Combine(Files, name, "hosts"), $"127.0.0.1 localhost\n{ServerAddress} {ServerName}\n", TestContext.Current.CancellationToken);
            }

            return made;
        }
        catch (InvalidOperationException e)
        {
            await made.DisposeAsync();
            Assert.Skip($"no namespaces with a cable between them can be made here: {e.Message}");
            throw;
        }
    }

    /// <summary>Cuts the cable.</summary>
    public Task CutAsync() => IpAsync($"-n {_server} link set cable-s down");

    /// <summary>Mends it.</summary>
    public Task MendAsync() => IpAsync($"-n {_server} link set cable-s up");

    public async ValueTask DisposeAsync()
    {
        foreach (var name in (string[])[_server, _client])
        {
            using var removing = Process.Start(new ProcessStartInfo("ip", ["netns", "del", name]) { RedirectStandardError = true })!;
            await removing.WaitForExitAsync(CancellationToken.None);
            if (Directory.Exists(Path.Combine(Files, name)))
            {
                Directory.Delete(Path.Combine(Files, name), recursive: true);
            }
        }
    }

    private static async Task IpAsync(string arguments)
    {
        try
        {
            using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            var said = await ip.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await ip.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (ip.ExitCode != 0)
            {
                throw new InvalidOperationException($"ip {arguments}: {said.Trim()}");
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"ip: {e.Message}", e);
        }
    }
}
