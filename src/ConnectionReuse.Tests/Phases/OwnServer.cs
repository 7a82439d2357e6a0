using System.Diagnostics;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Phases;

/// <summary>Kestrel in a process of its own, so that no event of the server mixes with the client's.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    private ServerProcess? _server;

    public Target Target(string id) => _server!.Ready.Target(id);

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ConnectionReuse.Bench.dll");
        var start = new ProcessStartInfo("dotnet", [program, "server", TargetIds.KestrelHttp, TargetIds.KestrelHttps]);
        _server = await ServerProcess.StartAsync(start, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}
