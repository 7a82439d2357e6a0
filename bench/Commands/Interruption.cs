using System.Globalization;
using System.Runtime.InteropServices;

namespace ConnectionReuse.Bench.Commands;

/// <summary>
/// Turns Ctrl-C, SIGTERM, a terminal that closes and Ctrl-\ into a cancelled token, so that servers and children are ended
/// and finished results are kept before the program exits with 130.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const string Status = "/proc/self/status";
    private const string Ignored = "SigIgn:";
    private const int Hangup = 1; // SIGHUP's number on every Unix

    // A signal for a whole terminal ends a child at once, but is told to this process by a thread of its own.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.2);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Starts listening for signals.</summary>
    public Interruption() =>
        _signals = [.. Ending().Select(signal => PosixSignalRegistration.Create(signal, Cancel))];

    /// <summary>Cancelled when the user wants the program to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether a failure is the end that the user asked for: of a child, say, that the same signal has ended.</summary>
    public async Task<bool> ExplainsAFailureAsync()
    {
        try
        {
            await Task.Delay(Moment, Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    // Under nohup a terminal may close: .NET takes heed of ignored signals for Ctrl-C and Ctrl-\ alone.
    private static IEnumerable<PosixSignal> Ending() => IsHangupIgnored()
        ? [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT]
        : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];

    private static bool IsHangupIgnored() =>
        File.Exists(Status)
        && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
        && (ulong.Parse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1ul << (Hangup - 1))) != 0;

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        _source.Cancel();
    }
}
