using System.Diagnostics;
using ConnectionReuse.Connections;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

/// <summary>All local targets in a process of their own, as in a measurement, so that no event of a server mixes with the client's.</summary>
public sealed class TargetsBeside : IAsyncLifetime
{
    private ServerProcess? _server;
    private ServerControl? _control;

    internal ServerControl Control => _control!;

    public ServerReady Ready => _server!.Ready;

    public Target Target(string id) => Ready.Target(id);

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ConnectionReuse.Bench.dll");
        var start = new ProcessStartInfo("dotnet", [program, "role", "server", .. LocalServers.Available]);
        _server = await ServerProcess.StartAsync(start, CancellationToken.None);
        _control = ServerControl.To(_server.Ready.Control);
    }

    public async ValueTask DisposeAsync()
    {
        _control?.Dispose();
        await (_server?.DisposeAsync() ?? default);
    }
}
