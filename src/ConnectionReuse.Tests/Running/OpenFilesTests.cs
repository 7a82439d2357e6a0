using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class OpenFilesTests
{
    [Theory]
    [InlineData("256", 256)]
    [InlineData("1048576", 1048576)]
    [InlineData("unlimited", null)]
    public void The_limit_that_counts_is_the_soft_one(string soft, int? limit) =>
        Assert.Equal(limit, OpenFiles.Read(["Limit                     Soft Limit           Hard Limit           Units     ", $"Max open files            {soft,-20} 524288               files     "]));

    [Fact]
    [Fault("a low limit of open files", "how many are needed and how to get them; exit 4, or unsupported rows")]
    public void What_needs_more_says_how_many_and_how_to_get_them()
    {
        Assert.Null(OpenFiles.TooFew(256, 256));
        Assert.Null(OpenFiles.TooFew(704, null));
        Assert.Equal("704 files and sockets are open at once, and this machine allows 256; ulimit -n 704 allows more", OpenFiles.TooFew(704, 256));
        Assert.Null(OpenFiles.TooFewToServe(TargetIds.KestrelHttps, OpenFiles.OfTheProgram));
        Assert.Null(OpenFiles.TooFewToServe(TargetIds.WireMockHttps, OpenFiles.OfWireMock));
        Assert.Equal(
            "wiremock-http: 416 files and sockets are open at once, and this machine allows 256; ulimit -n 416 allows more",
            OpenFiles.TooFewToServe(TargetIds.WireMockHttp, 256));
    }

    [Fact]
    public void Rows_with_many_connections_at_once_are_the_ones_that_need_them()
    {
        var needs = new Concurrency().OwnClients.ToDictionary(id => id, id => ClientPatterns.All[id].Expect(1).Carrying);
        Assert.Equal(512, needs["http-1-in-flight-256"]);
        Assert.Equal(1, needs["http-2-in-flight-256"]);
    }
}
