namespace ConnectionReuse.Testing.Samples;

/// <summary>A set-up that is not async: the scope that it starts reaches the test.</summary>
[TestClass]
public sealed class ScopeInSetUpTests
{
    private ConnectionScope? _connections;

    [TestInitialize]
    public void SetUp() => _connections = ConnectionScope.Start();

    [TestMethod]
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

    [TestCleanup]
    public void CleanUp() => _connections?.Dispose();
}
