namespace ConnectionReuse.Testing.Samples;

/// <summary>TUnit hands the flow of a hook on to the test where the hook says so, and that of a constructor never.</summary>
public sealed class ScopeInSetUpTests : IDisposable
{
    private ConnectionScope? _connections;

    [Before(Test)]
    public void SetUp(TestContext context)
    {
        _connections = ConnectionScope.Start();
        context.AddAsyncLocalValues();
    }

    [Test]
    public async Task Orders_share_a_connection()
    {
        using var server = new OrderServer();
        using var orders = new OrdersClient(server.Address);
        for (var i = 0; i < 30; i++)
        {
            await orders.GetAsync(i);
        }

        _connections!.AtMost(1);
    }

    public void Dispose() => _connections?.Dispose();
}
