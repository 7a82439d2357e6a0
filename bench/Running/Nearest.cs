namespace ConnectionReuse.Bench.Running;

/// <summary>Finds what somebody meant to type.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the fewest edits to the word; null when none is near.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        var best = candidates
            .Select(candidate => (Candidate: candidate, Edits: Edits(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .DefaultIfEmpty()
            .MinBy(pair => pair.Edits);
        return best.Candidate is not null && best.Edits <= Math.Max(2, word.Length / 3) ? best.Candidate : null;
    }

    // Levenshtein distance, one row at a time.
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
