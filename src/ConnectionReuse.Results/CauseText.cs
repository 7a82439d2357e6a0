namespace ConnectionReuse.Results;

/// <summary>What is said of a cause: the same words in a verdict, in the rows of <c>LosingReuse</c> and in the README.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Finding">What was seen, as a clause; names in braces stand for what differs, such as <c>{n}</c> for a number of requests.</param>
/// <param name="Remedy">What to do, as a clause; null where nothing needs to be done or nothing is known.</param>
public sealed record CauseText(ReuseCause Cause, string Finding, string? Remedy)
{
    /// <summary>The finding with what was seen in the place of its names.</summary>
    /// <param name="values">Each name without braces, and what stands for it.</param>
    /// <exception cref="ArgumentException">A name is left over: half a sentence says nothing.</exception>
    public string Filled(params (string Name, string Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var text = Finding;
        foreach (var (name, _) in values)
        {
            text = text.Contains($"{{{name}}}", StringComparison.Ordinal) ? text : throw new ArgumentException($"{Cause} says nothing of {name}", nameof(values));
        }

        // Each value is put in once and not looked at again: a server may have chosen it.
        var filled = new System.Text.StringBuilder();
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            var close = rest.IndexOf('}');
            var name = rest[(open + 1)..close].ToString();
            var value = values.FirstOrDefault(pair => pair.Name == name).Value ?? throw new ArgumentException($"{Cause}: {name} is not known", nameof(values));
            filled.Append(rest[..open]).Append(value);
            rest = rest[(close + 1)..];
        }

        return filled.Append(rest).ToString();
    }
}
