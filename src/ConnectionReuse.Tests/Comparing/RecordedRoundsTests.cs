using System.Globalization;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Tests.Reporting;
using ConnectionReuse.Tests.Screen;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

/// <summary>
/// Comparisons as they went on a real machine, told again: when each round began, in seconds since the run began. In the second one
/// the machine was slower by a quarter from its middle on, which nobody could have told before.
/// </summary>
public sealed class RecordedRoundsTests
{
    private static readonly string Recorded = Golden.Repository("src/ConnectionReuse.Tests/Comparing/Recorded");

    [Theory]
    [InlineData("default.txt", 1.0)]
    [InlineData("kestrel.txt", 0.8)]
    public void From_a_third_of_a_run_on_the_time_that_is_left_is_right_within_a_quarter(string name, double share)
    {
        string[][] lines = [.. File.ReadAllLines(Path.Combine(Recorded, name)).Select(line => line.Split(' '))];
        var left = new RoundsLeft([.. lines.Where(line => line[0] == "group").Select(line => (line[1], line[2] == "tls", Whole(line[3]), Whole(line[4])))]);
        var told = ToldTimeLeft.Of(
            Number(lines.Single(line => line[0] == "end")[1]),
            [.. lines.Where(line => line[0] == "begin").Select(line => (Number(line[2]), (Action)(() => left.Begin(line[1], Number(line[2])))))],
            left.At);

        Assert.InRange(told.Looks, 500, int.MaxValue);
        Assert.InRange(1 - ((double)told.Wrong.Count / told.Looks), share, 1);
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private static int Whole(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
