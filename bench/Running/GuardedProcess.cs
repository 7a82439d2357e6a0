using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Bench.Running;

/// <summary>
/// A program of somebody else's, under a process of ours that ends it with all that it started when this process dies, however it
/// dies: it reads a pipe that closes then. A program that reads no input would not notice.
/// </summary>
internal static class GuardedProcess
{
    /// <summary>The role that guards.</summary>
    public const string Role = "guard";

    /// <summary>The command that runs another one under guard; what it reads first is <see cref="Line"/>.</summary>
    /// <param name="command">The program, its arguments, its folder and its environment.</param>
    public static ProcessStartInfo Start(ProcessStartInfo command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var start = ThisProgram.Command(["role", Role]);
        start.WorkingDirectory = command.WorkingDirectory;
        start.RedirectStandardInput = true;
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>What tells the guard what to run.</summary>
    public static string Line(ProcessStartInfo command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return JsonSerializer.Serialize([command.FileName, .. command.ArgumentList], GuardJson.Default.StringArray);
    }

    /// <summary>Runs a program to its end, with every stream redirected.</summary>
    /// <exception cref="IOException">It did not start.</exception>
    public static Task<ProcessOutput> RunAsync(ProcessStartInfo command, string name, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(Start(command), name, Timeout.InfiniteTimeSpan, cancellationToken, Line(command) + "\n", keepInputOpen: true);

    /// <summary>What the guard does: runs the program that the first line names, until it ends or the input does.</summary>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="IOException">It did not start.</exception>
    public static async Task<int> GuardAsync(TextReader input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await input.ReadLineAsync(cancellationToken) is not { } line)
        {
            return (int)ExitCode.Interrupted;
        }

        var command = JsonSerializer.Deserialize(line, GuardJson.Default.StringArray)!;
        await using var child = ChildProcess.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true }, command[0]);
        child.Input.Close(); // it would share the pipe otherwise
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var end = child.ExitCodeAsync(Timeout.InfiniteTimeSpan, ended.Token);
        var orphaned = Task.Run(input.ReadToEnd, CancellationToken.None); // a console's reader blocks
        if (await Task.WhenAny(end, orphaned) == end)
        {
            return await end;
        }

        await ended.CancelAsync();
        return (int)ExitCode.Interrupted;
    }
}

/// <summary>JSON of a command, without reflection.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class GuardJson : JsonSerializerContext;
