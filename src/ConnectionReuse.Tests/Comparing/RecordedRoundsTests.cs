using System.Globalization;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Tests.Reporting;
using ConnectionReuse.Tests.Screen;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

/// <summary>
/// Comparisons as they went on two real machines, told again: when each round began, in seconds since the run began; a group's sixth word is what a round waits. The rules of
/// thumb of <see cref="RoundsLeft"/> were set by them, so the test holds the arithmetic.
/// </summary>
public sealed class RecordedRoundsTests
{
    private static readonly string Recorded = Golden.Repository("src/ConnectionReuse.Tests/Comparing/Recorded");

    public static TheoryData<string> Runs => [.. Directory.GetFiles(Recorded, "*.txt").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void From_a_third_of_a_run_on_the_time_that_is_left_is_right_within_a_quarter(string name)
    {
        string[][] lines = [.. File.ReadAllLines(Path.Combine(Recorded, name)).Select(line => line.Split(' '))];
        var left = new RoundsLeft([.. lines.Where(line => line[0] == "group").Select(line => new PlannedRounds(line[1], line[2] == "tls", Whole(line[3]), Whole(line[4]), TimeSpan.FromSeconds(line.Length > 5 ? Number(line[5]) : 0)))]);
        var told = ToldTimeLeft.Of(
            Number(lines.Single(line => line[0] == "end")[1]),
            [.. lines.Where(line => line[0] == "begin").Select(line => (Number(line[2]), (Action)(() => left.Begin(line[1], Number(line[2])))))],
            left.At);

        Assert.InRange(told.Looks, 300, int.MaxValue);
        Assert.Empty(told.Wrong);
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private static int Whole(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
