using System.Globalization;
using ConnectionReuse.Bench.Timeit;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Tests.Reporting;
using ConnectionReuse.Tests.Screen;
using Xunit;

namespace ConnectionReuse.Tests.Timeit;

/// <summary>
/// Runs of <c>timeit</c> as they went on a real machine, told again: the rules of thumb of <see cref="TimeitSteps"/> were set by
/// runs of this machine, so the tests hold the arithmetic there.
/// </summary>
public sealed class RecordedRunTests
{
    private static readonly string Recorded = Golden.Repository("src/ConnectionReuse.Tests/Timeit/Recorded");

    public static TheoryData<string> Runs => [.. Directory.GetFiles(Recorded, "*.txt").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void From_a_third_of_a_run_on_the_time_that_is_left_is_right_within_a_quarter(string name)
    {
        var run = Run.Read(Path.Combine(Recorded, name));
        var watch = new TimeitWatch(run.Plan);
        var told = ToldTimeLeft.Of(run.End, [.. run.Events.Select(each => (each.At, (Action)(() => each.Tell(watch, each.At))))], watch.Left);

        Assert.Empty(told.Wrong);
        Assert.InRange(told.Looks, 40, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void What_is_known_so_far_is_told_with_the_time_that_is_left(string name)
    {
        var run = Run.Read(Path.Combine(Recorded, name));
        var watch = new TimeitWatch(run.Plan);
        var lines = run.Events.Select(each =>
        {
            each.Tell(watch, each.At);
            return watch.Line(each.At);
        }).ToArray();

        Assert.Matches(@"^warming up  \d+ s left$", lines[0]);
        Assert.Matches(@"fresh \d[\d.]* ms  shared \d[\d.]* ms  (?:\S+ \d[\d.]* ms  )?so far \d+\.\dx  \d+ s left$", lines[^3]);
    }

    // A run's first line names what was asked; each other one an event and when it came, in seconds since the run began.
    private sealed record Run(TimeitPlan Plan, IReadOnlyList<(double At, Action<TimeitWatch, double> Tell)> Events, double End)
    {
        public static Run Read(string path)
        {
            var lines = File.ReadAllLines(path);
            var plan = PlanOf(lines[0].Split(' '));
            string[][] events = [.. lines[1..].Select(line => line.Split(' '))];
            return new Run(plan, [.. events.Select(words => (Number(words[0]), Telling(words)))], Number(lines[^1].Split(' ')[0]));
        }

        private static Action<TimeitWatch, double> Telling(string[] words) => words[1] == "start"
            ? (watch, at) => watch.Started(at)
            : (watch, at) => watch.Take(Event(words), at);

        private static TimeitEvent Event(string[] words)
        {
            var told = new TimeitEvent { Target = Whole(words[1]), Client = words[2], Round = Whole(words[3]), Turn = Whole(words[4]) };
            return words[5] switch
            {
                "begin" => told,
                "warm" => told with { Client = null, Warm = true },
                "phases" => told with { Phases = SampleRuns.FreshPhases },
                var seconds => told with { Seconds = Number(seconds), Report = new LaunchReport { Target = "", Client = words[2], Iterations = [] } },
            };
        }

        // Such as: kestrel-https,kestrel-http fresh,shared requests 100 repeat 2 rtt 0
        private static TimeitPlan PlanOf(string[] words)
        {
            var server = new ServerReady(words[0].Split(',').ToDictionary(id => id, id => new Uri(TargetIds.IsTls(id) ? "https://localhost:1/" : "http://localhost:1/")), ControlPort: 1, "no authority");
            var clients = words[1].Split(',');
            return new TimeitPlan
            {
                Targets =
                [
                    .. server.Targets.Select(target => new TimeitTarget(target.Key, target.Value, [.. clients.Where(client => client != "fresh-full" || TargetIds.IsTls(target.Key))], target.Key)
                    {
                        Server = server,
                        RoundTripTime = TimeSpan.FromMilliseconds(Whole(words[7])),
                    }),
                ],
                WarmUp = server,
                Requests = Whole(words[3]),
                Repeat = Whole(words[5]),
                Sets = 3,
                Seed = 1,
                Phases = true,
            };
        }

        private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

        private static int Whole(string word) => int.Parse(word, CultureInfo.InvariantCulture);
    }
}
