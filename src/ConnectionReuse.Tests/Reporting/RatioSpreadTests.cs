using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using MathNet.Numerics.Distributions;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

/// <summary>Where the spread of a round's ratio comes from, told from rows whose noise is known.</summary>
public sealed class RatioSpreadTests
{
    private const int Rounds = 400; // so many that an estimate is near the truth
    private const int Turns = 10;
    private const int Iterations = 5;

    [Fact]
    public void Noise_of_rounds_turns_and_iterations_is_told_apart()
    {
        var spread = RatioSpread.Of(Pair(ofRounds: 0.05, ofTurns: 0.06, ofIterations: 0.08))!;

        Assert.InRange(spread.Rounds, 0.045, 0.055);
        Assert.InRange(spread.Turns, 0.9 * 0.06 / Math.Sqrt(Turns), 1.1 * 0.06 / Math.Sqrt(Turns));
        var ofMedians = 0.08 * Math.Sqrt(2 * Math.PI / 2 / Iterations / Turns); // two rows
        Assert.InRange(spread.Iterations, 0.85 * ofMedians, 1.15 * ofMedians);
    }

    [Fact]
    public void Noise_of_turns_alone_is_not_that_of_rounds()
    {
        var spread = RatioSpread.Of(Pair(ofRounds: 0, ofTurns: 0.1, ofIterations: 0))!;

        Assert.True(spread.Rounds < spread.Turns / 2);
        Assert.Equal(0, spread.Iterations);
    }

    [Fact]
    public void Rows_without_turns_or_with_two_rounds_have_none()
    {
        var pair = Pair(0.01, 0.01, 0.01);

        Assert.Null(RatioSpread.Of(pair with { Slow = WithLaunches(pair.Slow, launch => launch with { Turns = 0 }) }));
        Assert.Null(RatioSpread.Of(pair with { Slow = pair.Slow with { Launches = [.. pair.Slow.Launches.Take(2)] } }));
    }

    private static ResultRow WithLaunches(ResultRow row, Func<Launch, Launch> change) => row with { Launches = [.. row.Launches.Select(change)] };

    private static RowPair Pair(double ofRounds, double ofTurns, double ofIterations)
    {
        var random = new Random(5);
        return new RowPair(Row("fresh", 20, ofRounds, ofTurns), Row("shared", 1, 0, 0), RatioKind.Reuse);

        ResultRow Row(string client, double seconds, double rounds, double turns) => SampleRuns.Row("kestrel-http", client, 1) with
        {
            Launches = [.. Enumerable.Range(1, Rounds).Select(round => Launch(round, seconds * Noise(rounds), turns))],
        };

        Launch Launch(int round, double seconds, double turns) =>
            new(round, [.. Enumerable.Range(0, Turns).Select(_ => seconds * Noise(turns)).SelectMany(turn => Enumerable.Range(0, Iterations).Select(_ => turn * Noise(ofIterations)))]) { Turns = Turns };

        double Noise(double deviation) => deviation == 0 ? 1 : Math.Exp(Normal.Sample(random, 0, deviation));
    }
}
