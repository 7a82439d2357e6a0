using System.Diagnostics;
using System.Globalization;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

[Collection(nameof(TheProgramBeside))]
public sealed class KilledGateTests
{
    private const string Project = "bench/Some.csproj";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [LongTests.Row("KILL")]
    [LongTests.Row("HUP")] // it takes its work tree away itself
    [Fault("SIG{0} of the gate while it builds", "`dotnet publish` ends with it; its work tree is gone from the repository, at the latest after the next gate")]
    public async Task A_gate_that_is_killed_while_it_builds_leaves_no_build_and_the_next_one_takes_its_work_tree_away(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are found in /proc");
        using var scratch = await ScratchRepository.CreateAsync(Cancelled);
        var started = Path.Combine(scratch.Folder, "..", "started");
        await scratch.CommitAsync("Benchmarks.sln", "", Cancelled); // by which the program knows its repository
        await scratch.CommitAsync(Project, Restoring($"echo $$ > {started}.new; mv {started}.new {started}; exec sleep 300"), Cancelled);
        await scratch.CommitAsync(Project, Restoring("exit 1"), Cancelled);
        var program = ProgramCopy.To(Path.Combine(scratch.Folder, "program"));
        using var gate = Start(program, "HEAD~1", "HEAD", scratch);
        while (!File.Exists(started))
        {
            Assert.False(gate.HasExited, gate.HasExited ? await gate.StandardError.ReadToEndAsync(Cancelled) : "");
            await Task.Delay(20, Cancelled);
        }

        int[] building = [.. Ancestry(int.Parse(await File.ReadAllTextAsync(started, Cancelled), CultureInfo.InvariantCulture)).TakeWhile(process => process != gate.Id)];
        Assert.Equal(2, (await scratch.WorkTreesAsync(Cancelled)).Length);
        await ServedProgram.SendAsync(signal, gate.Id);
        await gate.WaitForExitAsync(Cancelled);
        Assert.Equal(signal == "KILL" ? 2 : 1, (await scratch.WorkTreesAsync(Cancelled)).Length);

        Assert.True(building.Length >= 3, "a guard, dotnet publish and what it runs");
        foreach (var process in building)
        {
            while (IsRunning(process))
            {
                await Task.Delay(20, Cancelled); // a killed process takes a moment to go
            }
        }

        using var next = Start(program, "HEAD", "HEAD~1", scratch); // whose base does not build
        Assert.Contains("base does not build", await next.StandardError.ReadToEndAsync(Cancelled), StringComparison.Ordinal);
        await next.WaitForExitAsync(Cancelled);
        Assert.Equal((int)ExitCode.CouldNotMeasure, next.ExitCode);
        Assert.Single(await scratch.WorkTreesAsync(Cancelled)); // the repository itself
    }

    [Theory]
    [LongTests.Row("pass", (int)ExitCode.Done)]
    [LongTests.Row("inconclusive", (int)ExitCode.Inconclusive)]
    [LongTests.Row("fail", (int)ExitCode.DoesNotHold)]
    [Fault("base does not build, and the policy says {0}", "that it does not; exit {1}")]
    public async Task A_base_that_does_not_build_ends_as_the_policy_says(string verdict, int exitCode)
    {
        using var scratch = await ScratchRepository.CreateAsync(Cancelled);
        await scratch.CommitAsync("Benchmarks.sln", "", Cancelled);
        await scratch.CommitAsync(Project, Restoring("exit 1"), Cancelled);
        await scratch.CommitAsync("src/Code.cs", "code", Cancelled);
        var policy = Path.Combine(scratch.Folder, "..", "policy.json");
        await File.WriteAllTextAsync(policy, $$"""{ "unbuildableBase": "{{verdict}}" }""", Cancelled);

        using var gate = Start(ProgramCopy.To(Path.Combine(scratch.Folder, "program")), "HEAD~1", "HEAD", scratch, "--policy", policy);

        Assert.Contains("base does not build, so there is nothing to hold head against: ", await gate.StandardError.ReadToEndAsync(Cancelled), StringComparison.Ordinal);
        await gate.WaitForExitAsync(Cancelled);
        Assert.Equal(exitCode, gate.ExitCode);
    }

    private static Process Start(string program, string before, string head, ScratchRepository scratch, params string[] more)
    {
        string[] command = [.. ProgramRun.Interruptible(), "dotnet", program, "gate", "--base", before, "--head", head, "--out", Path.Combine(scratch.Folder, "..", "out"), .. more];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
    }

    // What dotnet publish does first.
    private static string Restoring(string command) => $"""<Project><Target Name="Restore"><Exec Command="{command.Replace(">", "&gt;", StringComparison.Ordinal)}" /></Target></Project>""";

    private static IEnumerable<int> Ancestry(int process)
    {
        for (; process > 1; process = Parent(process))
        {
            yield return process;
        }
    }

    // The fields of proc_pid_stat(5) behind the name, which may hold anything.
    private static int Parent(int process) => int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[1], CultureInfo.InvariantCulture);

    private static bool IsRunning(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Length > 0; // a zombie has none
        }
        catch (IOException)
        {
            return false;
        }
    }
}
