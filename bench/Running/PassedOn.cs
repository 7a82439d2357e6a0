using System.Diagnostics;

namespace ConnectionReuse.Bench.Running;

/// <summary>Environment variables that clients and servers get beside the suite's own because the user said so: the result file names them.</summary>
/// <param name="Variables">Their names and values, in the order in which they were given.</param>
internal sealed record PassedOn(IReadOnlyList<(string Name, string Value)> Variables)
{
    /// <summary>The option that gives them, called as BenchmarkDotNet calls it.</summary>
    public const string Option = "--envVars";

    /// <summary>No variable.</summary>
    public static PassedOn Nothing { get; } = new([]);

    /// <summary>Reads <c>NAME:VALUE</c>.</summary>
    /// <exception cref="UserException">One is no such pair, or is given twice.</exception>
    public static PassedOn Parse(IEnumerable<string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        (string Name, string Value)[] variables = [.. given.Select(Pair)];
        return variables.GroupBy(variable => variable.Name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new UserException(ExitCode.WrongUse, $"{Option} {twice.Key} is given twice")
            : new PassedOn(variables);
    }

    /// <summary>Some settings of the suite's with these added to them, or in their place.</summary>
    public IEnumerable<(string Name, string Value)> Over(IEnumerable<(string Name, string Value)> settings) =>
        settings.Where(setting => Variables.All(variable => variable.Name != setting.Name)).Concat(Variables);

    /// <summary>Has a process run with them.</summary>
    /// <param name="start">The process.</param>
    /// <returns>The same.</returns>
    public ProcessStartInfo To(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static (string Name, string Value) Pair(string given) =>
        given.Split(':', 2) is [{ Length: > 0 } name, { Length: > 0 } value] && name.All(letter => letter is '_' or '.' or '(' or ')' || char.IsAsciiLetterOrDigit(letter))
            ? (name, value)
            : throw new UserException(ExitCode.WrongUse, $"{Option} {given}: NAME:VALUE is needed");
}
