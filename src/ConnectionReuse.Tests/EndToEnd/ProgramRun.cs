using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The real program, started with arguments and waited for.</summary>
internal sealed partial class ProgramRun : IDisposable
{
    private const string TaskSet = "/usr/bin/taskset"; // util-linux

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10); // on a machine that does much else

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly TaskCompletionSource _complained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _progress = Channel.CreateUnbounded<string>();
    private readonly List<string> _lines = [];

    private ProgramRun(Process process, DirectoryInfo folder)
    {
        _process = process;
        Folder = folder;
        _errors = ReadErrorsAsync();
    }

    /// <summary>The run's <c>--out</c> folder, removed with the run.</summary>
    public DirectoryInfo Folder { get; }

    public int ProcessId => _process.Id;

    public string Output => string.Join('\n', _lines);

    /// <summary>Standard error without the lines that tell how far it is.</summary>
    public string Errors { get; private set; } = string.Empty;

    public ExitCode ExitCode => (ExitCode)_process.ExitCode;

    public string Latest(string file) => Path.Combine(Folder.FullName, "latest", file);

    public ResultFile Result() => ResultFiles.Read(Latest("results.json"));

    public static ProgramRun Start(string arguments, params (string Name, string Value)[] environment) => Start(arguments, withFolder: true, environment);

    /// <summary>Starts a verb that may write no results, and so takes no <c>--out</c>.</summary>
    public static ProgramRun Start(string arguments, bool withFolder, params (string Name, string Value)[] environment) =>
        StartUnder([], arguments, withFolder, environment);

    /// <summary>Starts it by way of another program, which replaces itself by what its last arguments are.</summary>
    public static ProgramRun StartUnder(IReadOnlyList<string> other, string arguments, bool withFolder, params (string Name, string Value)[] environment)
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        var program = Path.Combine(AppContext.BaseDirectory, "ConnectionReuse.Bench.dll");
        string[] command = [.. other, .. Interruptible(), .. OnOneCore(), "dotnet"];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        foreach (var argument in (string[])[.. command[1..], program, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. withFolder ? (string[])["--out", folder.FullName] : []])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "0"; // as in the processes of a measurement: the program itself starts sooner, too
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ProgramRun(Process.Start(start)!, folder);
    }

    /// <summary>Starts and waits for the end.</summary>
    public static async Task<ProgramRun> ToEndAsync(string arguments, params (string Name, string Value)[] environment)
    {
        var run = Start(arguments, environment);
        await run.EndAsync();
        return run;
    }

    /// <summary>Starts by way of another program, and waits for the end.</summary>
    public static async Task<ProgramRun> UnderToEndAsync(IReadOnlyList<string> other, string arguments, bool withFolder = true)
    {
        var run = StartUnder(other, arguments, withFolder);
        await run.EndAsync();
        return run;
    }

    /// <inheritdoc cref="ToEndAsync(string, ValueTuple{string, string}[])"/>
    public static async Task<ProgramRun> ToEndAsync(string arguments, bool withFolder)
    {
        var run = Start(arguments, withFolder);
        await run.EndAsync();
        return run;
    }

    /// <summary>Waits until a line with the text has been printed.</summary>
    public async Task UntilAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"'{text}' was never printed: {Output}\n{await _errors}");
    }

    /// <summary>Waits until a line of progress with the text has been told.</summary>
    public async Task UntilToldAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var line in _progress.Reader.ReadAllAsync(patience.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"'{text}' was never told: {Output}\n{await _errors}");
    }

    /// <summary>Whether a line of standard error tells how far a run is.</summary>
    public static bool IsProgress(string line) => ProgressLine().IsMatch(line);

    /// <summary>Waits for the first line, wherever it goes, sends Ctrl-C as a terminal does, and waits for the end.</summary>
    public async Task InterruptOnceItSpeaksAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await Task.WhenAny(_process.StandardOutput.ReadLineAsync(patience.Token).AsTask(), _complained.Task);
        using (var kill = Process.Start("kill", ["-INT", ProcessId.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(patience.Token);
        }

        Errors = await _errors;
        await _process.WaitForExitAsync(patience.Token);
    }

    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            _lines.Add(line);
        }

        Errors = await _errors;
        await _process.WaitForExitAsync(patience.Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        Folder.Delete(recursive: true);
    }

    private async Task<string> ReadErrorsAsync()
    {
        var errors = new StringBuilder();
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _complained.TrySetResult();
            if (IsProgress(line))
            {
                _progress.Writer.TryWrite(line);
                continue;
            }

            errors.AppendLine(line);
        }

        _progress.Writer.Complete();

        return errors.ToString();
    }

    [GeneratedRegex(@"^\[\d+ s\] ")]
    private static partial Regex ProgressLine();

    /// <summary>
    /// What starts a program that hears signals. A shell starts its background jobs with SIGINT and SIGQUIT ignored, and nohup SIGHUP: tests
    /// run so would hand that down, and a signal that is sent would do nothing.
    /// </summary>
    public static string[] Interruptible()
    {
        const string SigIgn = "SigIgn:";
        const ulong SentByTests = (1ul << (1 - 1)) | (1ul << (2 - 1)) | (1ul << (3 - 1)); // SIGHUP, SIGINT and SIGQUIT
        return OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").First(line => line.StartsWith(SigIgn, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line.AsSpan(SigIgn.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & SentByTests) != 0
            ? ["/usr/bin/env", "--default-signal=HUP,INT,QUIT"]
            : [];
    }

    // A program measures on the last core that it may use: two that ran beside each other would share it.
    private static string[] OnOneCore()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(TaskSet) || Placement.Cores() is not { } mask)
        {
            return [];
        }

        int[] cores = [.. Enumerable.Range(0, 8 * mask.Length).Where(core => (mask[core / 8] >> (core % 8) & 1) == 1)];
        var beside = TestContext.Current.TestCollection?.TestCollectionDisplayName == nameof(TheProgramBeside);
        return [TaskSet, "-c", (beside ? cores[0] : cores[^1]).ToString(CultureInfo.InvariantCulture)];
    }
}

/// <summary>One program after the other, beside those of <see cref="TheProgramBeside"/>.</summary>
[CollectionDefinition(nameof(TheProgram))]
public sealed class TheProgram;

/// <summary>One program after the other, on another core than those of <see cref="TheProgram"/>.</summary>
[CollectionDefinition(nameof(TheProgramBeside))]
public sealed class TheProgramBeside;
