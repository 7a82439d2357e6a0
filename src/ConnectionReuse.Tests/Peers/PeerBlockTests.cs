using ConnectionReuse.Peers;
using Xunit;

namespace ConnectionReuse.Tests.Peers;

public sealed class PeerBlockTests
{
    [Theory]
    [InlineData("https://user:secret@example.org/wiki?q=1#end", "https://example.org/wiki?q=1")]
    [InlineData("http://bücher.example:80", "http://xn--bcher-kva.example/")]
    [InlineData("https://[::1]:8443/a", "https://[::1]:8443/a")]
    [InlineData("http://localhost:8080/\"a\\b\"?\"\\", "http://localhost:8080/%22a/b%22?%22%5C")]
    public void The_address_is_what_HttpClient_would_request(string url, string address) =>
        Assert.Equal(address, PeerBlock.AddressOf(new Uri(url)));
}
