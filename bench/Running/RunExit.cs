using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>How a run ends by what became of its rows: never well where something that was asked for has no figure.</summary>
internal static class RunExit
{
    /// <summary>The exit code.</summary>
    /// <param name="rows">What was asked for.</param>
    /// <param name="cut">Whether the user ended the run.</param>
    /// <param name="requireTargets">Whether every target has to answer; else it is enough that something was measured.</param>
    public static ExitCode Of(IReadOnlyCollection<ResultRow> rows, bool cut, bool requireTargets = false)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return cut ? ExitCode.Interrupted
            : Any(RowStatus.Failed) ? ExitCode.DoesNotHold
            : Any(RowStatus.NotRun) || (requireTargets && (Any(RowStatus.Unreachable) || Any(RowStatus.WrongAnswer))) || !(Any(RowStatus.Measured) || Any(RowStatus.Partial)) ? ExitCode.CouldNotMeasure
            : ExitCode.Done;

        bool Any(RowStatus status) => rows.Any(row => row.Status == status);
    }

    /// <summary>How a run ends, with each cause on its line where nothing could be measured.</summary>
    /// <param name="rows">What was asked for.</param>
    /// <param name="cut">Whether the user ended the run.</param>
    /// <param name="kept">Whether the result is everywhere where it should be.</param>
    /// <param name="errors">Told the causes.</param>
    /// <param name="requireTargets">Whether every target has to answer.</param>
    public static ExitCode Tell(IReadOnlyCollection<ResultRow> rows, bool cut, bool kept, TextWriter errors, bool requireTargets = false)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var exit = Of(rows, cut, requireTargets);
        foreach (var cause in exit == ExitCode.CouldNotMeasure ? Causes(rows) : [])
        {
            errors.WriteLine(cause);
        }

        return exit == ExitCode.Done && !kept ? ExitCode.CouldNotMeasure : exit;
    }

    /// <summary>What to say where the exit code is <see cref="ExitCode.CouldNotMeasure"/>: each cause once, in a line.</summary>
    public static IReadOnlyList<string> Causes(IReadOnlyCollection<ResultRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RowStatus[] worstFirst = [RowStatus.NotRun, RowStatus.Unreachable, RowStatus.WrongAnswer, RowStatus.Unsupported];
        var without = worstFirst.Select(status => rows.Where(row => row.Status == status).ToArray()).FirstOrDefault(some => some.Length > 0) ?? [];
        return [.. without.Select(row => $"could not measure: {(row.Status is RowStatus.Unreachable or RowStatus.WrongAnswer ? $"{row.Url}: " : string.Empty)}{row.Reason}").Distinct()];
    }
}
