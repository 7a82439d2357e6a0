using System.Diagnostics;
using ConnectionReuse.Timing;
using Xunit;

namespace ConnectionReuse.Tests.Timing;

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
    public void A_pinned_process_is_spread_and_pinned_again_with_all_its_threads()
    {
        SkipElsewhere();
        var everywhere = CoresOfThisThread();
        var cores = Placement.Cores();
        using var stop = new ManualResetEventSlim();
        string? duringOther = null, afterOther = null;
        var other = new Thread(() =>
        {
            stop.Wait();
            afterOther = CoresOfThisThread();
        });
        using (Placement.PinChildren())
        {
            other.Start(); // on one core, as every thread of a pinned process
            using (Placement.Spread(cores))
            {
                Assert.Equal(everywhere, CoresOfThisThread());
                duringOther = Cores(File.ReadAllLines("/proc/self/status").Length > 0 ? File.ReadAllText("/proc/thread-self/status") : string.Empty);
            }

            Assert.True(int.TryParse(CoresOfThisThread(), out _));
            stop.Set();
            other.Join();
        }

        Assert.Equal(everywhere, duringOther);
        Assert.True(int.TryParse(afterOther, out _));
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
}
