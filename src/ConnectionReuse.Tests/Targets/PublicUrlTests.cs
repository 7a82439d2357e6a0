using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Targets;

public sealed class PublicUrlTests
{
    [Theory]
    [InlineData("https://user:secret@example.org/a/b?token=1#top", "https://example.org/a/b")]
    [InlineData("https://example.org", "https://example.org/")]
    [InlineData("https://example.org:443/", "https://example.org/")]
    [InlineData("http://localhost:8080/x%20y", "http://localhost:8080/x%20y")]
    [InlineData("http://[::1]:8080/?q", "http://[::1]:8080/")]
    public void A_public_URL_keeps_scheme_host_port_and_path(string url, string expected) =>
        Assert.Equal(expected, PublicUrl.Of(new Uri(url)));
}
