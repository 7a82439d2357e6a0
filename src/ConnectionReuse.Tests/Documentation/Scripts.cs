using System.Diagnostics;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>The scripts that users start, run for real: <c>run.ps1</c> by the PowerShell of the tool manifest.</summary>
internal static class Scripts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private static readonly Lazy<Task<ScriptRun>> Restored = new(() => StartAsync(["dotnet", "tool", "restore"], []));

    public static string[] Names => ["run.sh", "run.ps1"];

    /// <summary>Runs a script to its end; skips the test where its shell is not to be had.</summary>
    public static async Task<ScriptRun> RunAsync(string script, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "scripts are run on Linux and macOS; on Windows run.ps1 runs these tests");
        if (!script.EndsWith(".ps1", StringComparison.Ordinal))
        {
            return await StartAsync(["bash", script, .. arguments], environment);
        }

        var restored = await Restored.Value;
        Assert.SkipUnless(restored.ExitCode == 0, $"dotnet tool restore found no PowerShell: {restored.Output} {restored.Errors}");
        return await StartAsync(["dotnet", "pwsh", "-NoProfile", "-File", script, .. arguments], [("POWERSHELL_TELEMETRY_OPTOUT", "1"), .. environment]);
    }

    private static async Task<ScriptRun> StartAsync(string[] command, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(FullPath(command[0]), command[1..])
        {
            WorkingDirectory = Source.Repository, // where the tool manifest is
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new ScriptRun(process.ExitCode, output.Trim(), (await errors).Trim());
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // The real one, whatever the environment puts first on the path of what it starts.
    private static string FullPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program;
}

/// <summary>How a script ended, and what it said.</summary>
internal sealed record ScriptRun(int ExitCode, string Output, string Errors);
