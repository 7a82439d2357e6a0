using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class KernelTotalsTests : IDisposable
{
    private const string Stat = "cpu  500 0 300 9000 10 0 5 250 0 0\ncpu0 250 0 150 4500 5 0 2 125 0 0\nintr 1\n";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("connection-reuse-kernel-");

    [Fact]
    public void Quotas_of_the_group_and_of_those_above_it_are_added()
    {
        Write("proc/self/cgroup", "0::/pod/container\n");
        Write("proc/stat", Stat);
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 1000\n");
        Write("sys/fs/cgroup/pod/cpu.stat", "usage_usec 900\nnr_periods 50\nnr_throttled 3\nthrottled_usec 250000\n");
        Write("sys/fs/cgroup/pod/container/cpu.stat", "usage_usec 800\nnr_periods 50\nnr_throttled 4\nthrottled_usec 500000\n");

        Assert.Equal(new KernelTotals(7, 0.75, 2.5), KernelTotals.Read(_root.FullName));
    }

    [Fact]
    public void Version_1_of_control_groups_counts_in_nanoseconds_below_the_cpu_controller()
    {
        Write("proc/self/cgroup", "5:memory:/other\n4:cpu,cpuacct:/container\n0::/\n");
        Write("sys/fs/cgroup/cpu/container/cpu.stat", "nr_periods 50\nnr_throttled 4\nthrottled_time 1500000000\n");
        Write("sys/fs/cgroup/memory/other/cpu.stat", "nr_throttled 99\n");

        Assert.Equal(new KernelTotals(4, 1.5, null), KernelTotals.Read(_root.FullName));
    }

    [Fact]
    public void Where_nothing_is_told_nothing_is_known()
    {
        var unknown = KernelTotals.Read(_root.FullName);

        Assert.Equal(new KernelTotals(null, null, null), unknown);
        Assert.Null(unknown.Since(unknown));
    }

    [Fact]
    public void What_was_kept_from_a_run_is_the_difference() => Assert.Equal(
        new Interference { ThrottledPeriods = 5, ThrottledSeconds = null, StolenSeconds = 1.5 },
        new KernelTotals(12, null, 4).Since(new KernelTotals(7, 0.5, 2.5)));

    [Fact]
    public void Of_this_machine_it_never_goes_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kernel of this system does not tell");
        var before = KernelTotals.Read();

        var since = KernelTotals.Read().Since(before);

        Assert.NotNull(since?.StolenSeconds);
        Assert.True(since.StolenSeconds >= 0 && (since.ThrottledPeriods ?? 0) >= 0, since.ToString());
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_root.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
