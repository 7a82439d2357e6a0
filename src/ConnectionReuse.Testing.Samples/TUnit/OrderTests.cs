using ConnectionReuse.Testing.TUnit;

namespace ConnectionReuse.Testing.Samples;

public sealed class OrderTests : IDisposable
{
    private readonly OrderServer _server = new();
    private readonly OrdersClient _orders;

    public OrderTests() => _orders = new OrdersClient(_server.Address);

    [Test]
    public async Task Orders_share_a_connection()
    {
        using var connections = ConnectionScope.Start();
        for (var i = 0; i < 30; i++)
        {
            await _orders.GetAsync(i);
        }

        connections.AtMost(1);
    }

    [Test]
    [Arguments(10)]
    [Arguments(20)]
    [ConnectionBudget(1)]
    public async Task Orders_share_a_connection_however_many(int orders)
    {
        for (var i = 0; i < orders; i++)
        {
            await _orders.GetAsync(i);
        }
    }

    public void Dispose()
    {
        _orders.Dispose();
        _server.Dispose();
    }
}
