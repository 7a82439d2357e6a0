using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using Microsoft.Diagnostics.NETCore.Client;

namespace ConnectionReuse.Bench.Watch;

/// <summary>The .NET processes of this machine, and the one that a user means.</summary>
/// <param name="patience">How long a process may take to say who it is; one that a debugger has stopped says nothing.</param>
internal sealed class WatchableProcesses(TimeSpan patience)
{
    private static readonly string List = $"{ProgramName.Typed} watch lists those that can be watched";

    /// <summary>Those that can be watched, but for this one.</summary>
    public async Task<IReadOnlyList<WatchedProcess>> ListAsync(CancellationToken cancellationToken)
    {
        var asked = DiagnosticsClient.GetPublishedProcesses().Where(id => id != Environment.ProcessId).Distinct()
            .Select(id => TryAskAsync(id, cancellationToken)).ToArray();
        return [.. (await Task.WhenAll(asked)).OfType<WatchedProcess>().OrderBy(process => process.Id)];
    }

    /// <summary>The process of an id, or the only one of a name.</summary>
    /// <exception cref="UserException">There is none, more than one, or it cannot be watched; the message says why.</exception>
    public async Task<WatchedProcess> FindAsync(string word, CancellationToken cancellationToken)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return await ByIdAsync(id, cancellationToken);
        }

        var known = await ListAsync(cancellationToken);
        return known.Where(process => process.Name.Equals(word, StringComparison.OrdinalIgnoreCase)).ToArray() switch
        {
            [var only] => Checked(only),
            [] => throw Wrong($"{word}: no .NET process of that name can be watched; {Suggestion.Asked(word, known.Select(process => process.Name).Distinct(), List)}"),
            var several => throw Wrong($"{word}: {several.Length} processes have that name, {string.Join(", ", several.Select(process => process.Id))}; give the id of one"),
        };
    }

    private async Task<WatchedProcess> ByIdAsync(int id, CancellationToken cancellationToken)
    {
        if (id == Environment.ProcessId)
        {
            throw Wrong($"{id} is this program itself; {List}");
        }

        if (NameOf(id) is not { } name)
        {
            throw Wrong($"{id}: no such process; {List}");
        }

        try
        {
            return Checked(await AskAsync(id, name, cancellationToken));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"{id} ({name}) does not answer at its diagnostic port; it may be suspended or in a debugger");
        }
        catch (Exception e) when (IsNoAnswer(e))
        {
            throw WatchRefusal.Of(id, name, ProcessLooks.At(id), belongsToAnother: e is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied });
        }
    }

    private async Task<WatchedProcess?> TryAskAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            return NameOf(id) is { } name ? await AskAsync(id, name, cancellationToken) : null;
        }
        catch (Exception e) when (IsNoAnswer(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // it ended meanwhile, is stopped, or is somebody else's
        }
    }

    private async Task<WatchedProcess> AskAsync(int id, string name, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(patience);
        var (own, runtime) = await DiagnosticPort.AskAsync(id, waiting.Token);
        return new WatchedProcess(id, PlainText.OneLine(own.Length > 0 ? own : name), PlainText.OneLine(runtime));
    }

    private static WatchedProcess Checked(WatchedProcess process) => process.IsNewEnough ? process
        : throw new UserException(ExitCode.CouldNotMeasure, $"{process.Id} ({process.Name}) runs {(process.Runtime.Length > 0 ? $".NET {process.Runtime}" : "a .NET older than 6")}, whose events do not name connections; .NET 8 or newer is needed");

    private static string? NameOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return PlainText.OneLine(process.ProcessName);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static bool IsNoAnswer(Exception e) => e is IOException or SocketException or UnauthorizedAccessException or TimeoutException;

    private static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
