using Xunit;

namespace ConnectionReuse.Testing.Samples;

/// <summary>A constructor is not async: the scope that it starts reaches the test.</summary>
public sealed class ScopeInSetUpTests : IDisposable
{
    private readonly ConnectionScope _connections = ConnectionScope.Start();

    [Fact]
    public async Task Orders_share_a_connection()
    {
        using var server = new OrderServer();
        using var orders = new OrdersClient(server.Address);
        for (var i = 0; i < 30; i++)
        {
            await orders.GetAsync(i);
        }

        _connections.AtMost(1);
    }

    public void Dispose() => _connections.Dispose();
}
