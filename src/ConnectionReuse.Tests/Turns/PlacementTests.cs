using System.Collections.Concurrent;
using System.Diagnostics;
using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Turns;

public sealed class PlacementTests
{
    private const string Allowed = "Cpus_allowed_list:";

    [Fact]
    public void A_child_that_is_started_meanwhile_may_use_one_core()
    {
        SkipElsewhere();
        using (Placement.PinChildren())
        {
            Assert.True(int.TryParse(CoresOfAChild(), out _));
        }

        Assert.Equal(CoresOfThisThread(), CoresOfAChild());
    }

    [Fact]
    public void Disposing_gives_the_thread_its_cores_back_from_any_thread()
    {
        SkipElsewhere();
        var before = CoresOfThisThread();
        var pinned = Placement.PinChildren();
        Assert.True(int.TryParse(CoresOfThisThread(), out _));

        var other = new Thread(pinned.Dispose);
        other.Start();
        other.Join();
        Assert.Equal(before, CoresOfThisThread());
    }

    [Fact]
    public void Spreading_moves_every_thread_and_takes_every_thread_back()
    {
        SkipElsewhere();
        Assert.SkipUnless(Environment.ProcessorCount > 1, "needs a second core to spread to");
        var everywhere = Placement.Cores();
        using var other = new AnotherThread();
        try
        {
            var (during, after) = (string.Empty, string.Empty);
            using (Placement.PinChildren())
            {
                using (Placement.Spread(everywhere))
                {
                    during = other.Cores();
                }

                after = other.Cores(); // it was free when the pinned thread spread and took back
            }

            Assert.Equal(CoresOfThisThread(), during);
            Assert.True(int.TryParse(after, out _), $"still on {after}");
        }
        finally
        {
            Placement.Spread(everywhere); // the process of the tests stays free
        }
    }

    [Fact]
    public void Without_cores_to_spread_to_nothing_moves()
    {
        SkipElsewhere();
        var before = CoresOfThisThread();
        using (Placement.PinChildren())
        {
            var pinned = CoresOfThisThread();
            using (Placement.Spread(cores: null))
            {
                Assert.Equal(pinned, CoresOfThisThread());
            }
        }

        Assert.Equal(before, CoresOfThisThread());
    }

    private static void SkipElsewhere() => Assert.SkipUnless(OperatingSystem.IsLinux(), "reads the cores from /proc");

    private static string CoresOfThisThread() => Cores(File.ReadAllText("/proc/thread-self/status"));

    private static string CoresOfAChild()
    {
        using var child = Process.Start(new ProcessStartInfo("cat", ["/proc/self/status"]) { RedirectStandardOutput = true })!;
        return Cores(child.StandardOutput.ReadToEnd());
    }

    private static string Cores(string status) =>
        status.Split('\n').Single(line => line.StartsWith(Allowed, StringComparison.Ordinal))[Allowed.Length..].Trim();

    // Reads its own cores whenever it is asked; it ends with the test, and with the process at the latest.
    private sealed class AnotherThread : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        private readonly BlockingCollection<TaskCompletionSource<string>> _questions = [];

        public AnotherThread() => new Thread(Answer) { IsBackground = true }.Start();

        public string Cores()
        {
            var answer = new TaskCompletionSource<string>();
            _questions.Add(answer);
            Assert.True(((IAsyncResult)answer.Task).AsyncWaitHandle.WaitOne(Patience), "the other thread did not answer");
            return answer.Task.GetAwaiter().GetResult();
        }

        public void Dispose() => _questions.CompleteAdding();

        private void Answer()
        {
            foreach (var question in _questions.GetConsumingEnumerable())
            {
                question.SetResult(CoresOfThisThread());
            }
        }
    }
}
