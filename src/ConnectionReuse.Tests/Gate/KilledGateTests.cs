using System.Diagnostics;
using System.Globalization;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

[Collection(nameof(TheProgramBeside))]
public sealed class KilledGateTests
{
    private const string Project = "bench/Some.csproj";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Fault("SIGKILL of the gate while it builds", "`dotnet publish` ends with it; the next gate takes its work tree out of the repository")]
    public async Task A_gate_that_is_killed_while_it_builds_leaves_no_build_and_the_next_one_takes_its_work_tree_away()
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
        gate.Kill();
        await gate.WaitForExitAsync(Cancelled);

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
        Assert.Single(await scratch.WorkTreesAsync(Cancelled)); // the repository itself
    }

    private static Process Start(string program, string before, string head, ScratchRepository scratch) =>
        Process.Start(new ProcessStartInfo("dotnet", [program, "gate", "--base", before, "--head", head, "--out", Path.Combine(scratch.Folder, "..", "out")]) { RedirectStandardError = true })!;

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
