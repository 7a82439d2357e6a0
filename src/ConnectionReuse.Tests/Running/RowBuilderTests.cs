using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class RowBuilderTests
{
    private const int Requests = 5;

    private static ResultRow Build(params long[] allocatedBytes) => RowBuilder.Build(
        SampleRuns.Empty("kestrel-http", "shared", RowStatus.NotRun) with { Requests = Requests },
        new SharedClient(),
        [
            new LaunchRecord(1, [.. allocatedBytes.Select(_ => 0.01)], new LaunchReport
            {
                Target = "kestrel-http",
                Client = "shared",
                Iterations = [.. allocatedBytes.Select(bytes => new CountedIteration(new Counts { Requests = Requests, Opened = 0, Accepted = 0, Carrying = 1, AllocatedBytes = bytes, CompiledMethods = 0, WireBytes = 1000 }))],
            }),
        ],
        planned: 1,
        local: true);

    [Fact]
    public void What_the_process_allocates_for_itself_in_one_iteration_is_not_the_requests() =>
        Assert.Equal(2000, Build(10_000, 10_000, 50_000).AllocatedBytesPerRequest);

    [Fact]
    public void Without_a_timed_iteration_nothing_is_known_of_allocations() => Assert.Null(Build().AllocatedBytesPerRequest);
}
