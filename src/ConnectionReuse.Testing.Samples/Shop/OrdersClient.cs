namespace ConnectionReuse.Testing.Samples;

/// <summary>The client under test: it keeps one HttpClient, unless ORDERS_CLIENT=fresh asks for the fault that a budget finds.</summary>
internal sealed class OrdersClient(Uri address) : IDisposable
{
    private readonly bool _fresh = Environment.GetEnvironmentVariable("ORDERS_CLIENT") == "fresh";
    private readonly HttpClient _client = new();

    public async Task<string> GetAsync(int id)
    {
        if (!_fresh)
        {
            return await _client.GetStringAsync(new Uri(address, $"orders/{id}"));
        }

        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(address, $"orders/{id}"));
    }

    public void Dispose() => _client.Dispose();
}
