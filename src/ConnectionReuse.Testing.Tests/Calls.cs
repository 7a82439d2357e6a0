namespace ConnectionReuse.Testing.Tests;

/// <summary>The two ways to call a server that everything here compares.</summary>
internal static class Calls
{
    public static async Task FreshAsync(Uri address, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            using var client = new HttpClient();
            await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        }
    }

    public static async Task SharedAsync(HttpClient client, Uri address, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        }
    }
}
