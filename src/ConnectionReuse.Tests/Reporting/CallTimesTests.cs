using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class CallTimesTests
{
    [Fact]
    public void Percentiles_are_those_of_every_call()
    {
        var times = CallTimes.Of(Enumerable.Range(1, 1000).Reverse().Select(call => (double)call))!;

        Assert.Equal((1000, 500, 950, 990, 1000), (times.Calls, times.P50Seconds, times.P95Seconds, times.P99Seconds, times.MaxSeconds));
    }

    [Fact]
    public void One_call_is_every_percentile()
    {
        var times = CallTimes.Of([3.0])!;

        Assert.Equal((1, 3, 3, 3, 3), (times.Calls, times.P50Seconds, times.P95Seconds, times.P99Seconds, times.MaxSeconds));
    }

    [Fact]
    public void Without_calls_there_are_none() => Assert.Null(CallTimes.Of([]));
}
