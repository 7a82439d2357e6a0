using ConnectionReuse.Bench.Running;
using ConnectionReuse.Ports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>Machines that lack what others have: one line that says so, and what can be measured all the same.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed class CrampedMachineTests
{
    [Theory]
    [LongTests.Row(OpenFiles.OfTheProgram, "timeit kestrel-http --requests 5 --sets 1")]
    [LongTests.Row(OpenFiles.OfWireMock, "timeit --requests 5 --sets 1")]
    public async Task The_number_of_open_files_that_is_asked_for_is_enough(int limit, string arguments)
    {
        using var run = await ProgramRun.UnderToEndAsync(WithOpenFiles(limit), arguments);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.All(run.Result().Rows, row => Assert.Equal(RowStatus.Measured, row.Status));
    }

    [Theory]
    [InlineData(128, "timeit kestrel-http", "192")]
    [LongTests.Row(255, "--offline --filter *KestrelHttp.Shared", "256", "")]
    [LongTests.Row(256, "timeit", "416", "wiremock-https: ")]
    [Fault("`ulimit -n {0}` for `./run.sh {1}`", "that {2} are needed, and how to get them; exit 4")]
    public async Task Too_few_open_files_are_said_in_one_line(int limit, string arguments, string needed, string target = "")
    {
        using var run = await ProgramRun.UnderToEndAsync(WithOpenFiles(limit), arguments);

        Assert.Equal(
            (ExitCode.CouldNotMeasure, $"could not measure: {target}{needed} files and sockets are open at once, and this machine allows {limit}; ulimit -n {needed} allows more"),
            (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    [Fault("`ulimit -n 256` for a comparison", "rows of WireMock.Net are unsupported, with the number that they need; the rest is measured")]
    public async Task A_comparison_measures_the_rows_for_which_the_open_files_suffice()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.UnderToEndAsync(
            WithOpenFiles(OpenFiles.OfAComparison), "--offline --filter *WireMockHttp.Shared *KestrelHttp.Shared --requests 5 --launchCount 1 --iterationCount 2 --warmupCount 1");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var rows = run.Result().Rows.ToLookup(row => row.Target);
        Assert.Equal(RowStatus.Unsupported, Assert.Single(rows[TargetIds.WireMockHttp]).Status);
        Assert.StartsWith("wiremock-http: 416 files and sockets", rows[TargetIds.WireMockHttp].Single().Reason, StringComparison.Ordinal);
        Assert.Equal(RowStatus.Measured, Assert.Single(rows[TargetIds.KestrelHttp]).Status);
    }

    [Theory]
    [InlineData("timeit kestrel-http")]
    [LongTests.Row("serve kestrel-http", false)]
    [Fault("loopback is down: `./run.sh {0}`", "that, and how to bring it up; exit 4")]
    public Task A_machine_without_loopback_is_told_to_bring_it_up(string arguments, bool withFolder = true) =>
        IsToldThatThereIsNoWayAsync("exec \"$@\"", arguments, withFolder);

    [Fact]
    [Fault("loopback has IPv6 alone: `./run.sh timeit`", "that there is no way to 127.0.0.1, and how to add it; exit 4")]
    public Task A_machine_without_IPv4_is_told_to_add_it() =>
        IsToldThatThereIsNoWayAsync("ip link set lo up && ip address del 127.0.0.1/8 dev lo && exec \"$@\"", "timeit kestrel-http", withFolder: true);

    // In a network namespace of its own, where loopback is down at first.
    private static async Task IsToldThatThereIsNoWayAsync(string setUp, string arguments, bool withFolder)
    {
        Assert.SkipWhen(PortNamespace.Unsupported is not null, PortNamespace.Unsupported ?? "");
        using var run = await ProgramRun.UnderToEndAsync([PortNamespace.Unshare, "--net", "/bin/sh", "-c", setUp, "sh"], arguments, withFolder);
        Assert.SkipWhen(run.Errors.StartsWith(PortNamespace.Unshare, StringComparison.Ordinal) || run.Errors.StartsWith("sh: ", StringComparison.Ordinal), run.Errors);

        Assert.Equal(
            (ExitCode.CouldNotMeasure, "could not measure: there is no way to 127.0.0.1, where the local servers listen (NetworkUnreachable): is the loopback interface up, with that address? On Linux: ip link set lo up; ip address add 127.0.0.1/8 dev lo"),
            (run.ExitCode, run.Errors.Trim()));
    }

    [Fact]
    [Fault("standard output is closed", "that it is, before anything is measured; exit 4")]
    public async Task A_closed_standard_output_is_said_before_anything_is_measured()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a shell closes it");
        using var run = await ProgramRun.UnderToEndAsync(["/bin/sh", "-c", "exec \"$@\" >&-", "sh"], "timeit kestrel-http --requests 5 --sets 1");

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal("standard output: it is closed", run.Errors.Trim());
        Assert.Empty(run.Folder.GetFileSystemInfos());
    }

    [Fact]
    [Fault("`TMPDIR` that does not exist", "that it does not, by its path; exit 4")]
    public async Task A_temporary_folder_that_does_not_exist_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "TMPDIR is Unix's");
        using var run = await ProgramRun.ToEndAsync("--offline --filter *KestrelHttp.Shared", ("TMPDIR", "/nowhere/at/all"));

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.EndsWith("the folder for temporary files does not exist: /nowhere/at/all/ (TMPDIR names it)", run.Errors.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.Errors.Trim());
    }

    [Fact]
    [Fault("`--out` in a file system that is read-only", "that it is, before anything is measured; exit 2")]
    public async Task A_read_only_file_system_is_said_before_anything_is_measured()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a folder read-only needs Linux and root");
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            const string Mount = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"";
            using var run = await ProgramRun.UnderToEndAsync([PortNamespace.Unshare, "--mount", "/bin/sh", "-c", Mount, folder.FullName], $"timeit kestrel-http --out {folder.FullName}/new", withFolder: false);
            Assert.SkipWhen(run.Errors.Contains("mount:", StringComparison.Ordinal) || run.Errors.StartsWith(PortNamespace.Unshare, StringComparison.Ordinal), run.Errors);

            Assert.Equal((ExitCode.WrongUse, $"--out {folder.FullName}/new: Read-only file system"), (run.ExitCode, run.Errors.Trim()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    [Fault("a machine without `lscpu`", "nothing: the processor is left unnamed, and no shell complains")]
    public async Task A_machine_without_lscpu_is_measured_without_a_word()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "lscpu is Linux's");
        var programs = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            foreach (var program in Environment.GetEnvironmentVariable("PATH")!.Split(':').Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder))
                .DistinctBy(Path.GetFileName).Where(program => Path.GetFileName(program) != "lscpu"))
            {
                File.CreateSymbolicLink(Path.Combine(programs.FullName, Path.GetFileName(program)), program);
            }

            using var run = await ProgramRun.ToEndAsync("timeit kestrel-http --requests 5 --sets 1", ("PATH", programs.FullName));

            Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Errors));
        }
        finally
        {
            programs.Delete(recursive: true);
        }
    }

    private static string[] WithOpenFiles(int limit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit is read in /proc");
        return ["/bin/sh", "-c", "ulimit -n \"$0\" && exec \"$@\"", $"{limit}"];
    }
}
