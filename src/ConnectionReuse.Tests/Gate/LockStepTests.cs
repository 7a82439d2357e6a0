using ConnectionReuse.Bench.Gate;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>Turns of base, control and head, with clients that answer from a script.</summary>
public sealed class LockStepTests
{
    private const int TurnsOfACycle = 12; // six rounds, there and back
    private static readonly GateKey Row = GateKey.Default[0];

    private readonly List<int> _turns = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_is_sized_by_the_middle_batch_of_base_alone()
    {
        var lockStep = Of("run 0.9\nrun 0.2\nrun 0.1\nrun 0.4\nrun 0.3\n", "", "");

        Assert.Equal(0.3 / 20, await lockStep.SizeAsync(Row, Token), 12);
        Assert.Equal([0, 0, 0, 0, 0], _turns);
    }

    [Fact]
    public async Task Every_round_has_a_time_of_each_arm_and_goes_there_and_back()
    {
        var lockStep = Of(Answers("run 0.004"), Answers("run 0.005"), Answers("run 0.008"));

        var samples = await lockStep.MeasureAsync(Row, secondsPerCall: 0.001, new RoundOrder(new Random(7)), TimeSpan.Zero, Token);

        Assert.Equal(new RoundOrder(new Random(7)).Cycle().SelectMany(turns => turns), _turns);
        Assert.Equal(6, samples.Rounds.Count);
        Assert.All(samples.Rounds, round => Assert.Equal((0.001, 0.00125, 0.002), (Math.Round(round.Base, 9), Math.Round(round.Control, 9), Math.Round(round.Head, 9))));
    }

    [Fact]
    public async Task A_client_that_dies_between_two_rounds_ends_the_measurement_by_its_name()
    {
        var lockStep = Of(Answers("run 0.004"), Answers("run 0.004"), "run 0.004\nrun 0.004\nrun 0.004\n");

        var gone = await Assert.ThrowsAsync<IOException>(() => lockStep.MeasureAsync(Row, 0.001, new RoundOrder(new Random(7)), TimeSpan.Zero, Token));

        Assert.StartsWith("head is gone: it ended before it answered 'run kestrel-http fresh ", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_arm_is_counted()
    {
        var counts = await Of("count 50 50 50 50 0 0 1\n", "count 50 50 50 50 0 0 2\n", "count 50 1 0 0 0 0 3\n").CountAsync(Row, 50, Token);

        Assert.Equal((1L, 3L, 1L), (counts.Base.AllocatedBytes, counts.Head.AllocatedBytes, counts.Head.Carrying));
    }

    private static string Answers(string line) => string.Concat(Enumerable.Repeat(line + "\n", TurnsOfACycle));

    private LockStep Of(params string[] scripts) => new(
        [.. scripts.Select((script, arm) => new Arm(Measurement.Arms[arm], new StringReader(script), new Noting(() => _turns.Add(arm)), TimeSpan.FromSeconds(30), TimeProvider.System))],
        TimeProvider.System);

    private sealed class Noting(Action asked) : StringWriter
    {
        public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            asked();
            return Task.CompletedTask;
        }
    }
}
