using ConnectionReuse.Clients;

namespace ConnectionReuse.Phases;

/// <summary>Calls whose phases were listened to. Listening costs time, so their times enter no comparison.</summary>
/// <param name="Calls">Where each call's time went.</param>
/// <param name="MeasuredSeconds">What all the calls took, by a clock that was read before the first and after the last.</param>
/// <param name="EmulatedConnect">The round trip that was moved to the connect phase of each new connection; see
/// <see cref="PhaseArithmetic"/>.</param>
internal sealed record PhaseBlock(IReadOnlyList<CallPhases> Calls, double MeasuredSeconds, TimeSpan EmulatedConnect)
{
    /// <summary>By how much they miss it. Phases that overlap, and time between the calls, make it grow.</summary>
    public double Disagreement => Math.Abs(Calls.Sum(call => call.Total) / MeasuredSeconds - 1);

    /// <summary>Makes the calls, one after another, and listens.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="calls">How many calls count.</param>
    /// <param name="warmUps">Calls before them, listened to as well, because the first ones compile the listening; the
    /// connection of a caller that reuses it is opened by the first of all calls.</param>
    /// <param name="emulatedConnect">An emulated link's round trip, or 0; see <see cref="PhaseArithmetic"/>.</param>
    /// <param name="time">Gives the timestamps.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <param name="pause">The wait before each call, which is no part of what they took.</param>
    /// <exception cref="ExchangeException">An answer was not the expected one.</exception>
    /// <exception cref="HttpRequestException">An exchange broke.</exception>
    /// <exception cref="InvalidDataException">The events are not those of the calls.</exception>
    public static async Task<PhaseBlock> MeasureAsync(
        ICaller caller, int calls, int warmUps, TimeSpan emulatedConnect, TimeProvider time, CancellationToken cancellationToken, TimeSpan pause = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(calls);
        using var listener = new PhaseListener(time);
        await caller.OneAfterAnotherAsync(warmUps, pause, cancellationToken);
        listener.Clear(calls);
        var start = time.GetTimestamp();
        var paused = 0L;
        for (var i = 0; i < calls; i++)
        {
            if (pause > TimeSpan.Zero) // else nothing but the calls lies in the time that their phases must add up to
            {
                paused += await PauseAsync();
            }

            listener.CallStart();
            await caller.CallAsync(cancellationToken);
            listener.CallStop();
        }

        var seconds = (time.GetTimestamp() - start - paused) / (double)time.TimestampFrequency;
        return new PhaseBlock(
            PhaseArithmetic.Of(listener.Events(), time.TimestampFrequency, emulatedConnect), seconds, emulatedConnect);

        async Task<long> PauseAsync()
        {
            var begun = time.GetTimestamp();
            await Task.Delay(pause, time, cancellationToken);
            return time.GetTimestamp() - begun;
        }
    }
}
