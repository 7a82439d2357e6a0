using System.Text;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Clients;

public sealed class FloorConnectionTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/a%20path?and=query")]
    public async Task The_floor_sends_the_bytes_that_HttpClient_sends(string path)
    {
        await using var server = new CannedServer(CannedServer.Response("200 OK", LocalResponse.Text));
        var target = server.Target with { Uri = new Uri(server.Uri, path) };
        await using var caller = new FreshClient().Open(target);
        await caller.CallAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Encoding.ASCII.GetString(FloorConnection.Request(target)), Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nno!\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n16\r\nReuse the")]
    public async Task The_floor_takes_no_other_response_for_the_expected_one(string response)
    {
        await using var server = new CannedServer(response, socket => socket.Close());
        await using var caller = new FloorFresh().Open(server.Target);
        await Assert.ThrowsAsync<ExchangeException>(() => caller.CallAsync(TestContext.Current.CancellationToken));
    }
}
