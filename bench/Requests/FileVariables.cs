using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Requests;

/// <summary>The variables of a <c>.http</c> file: <c>@name = value</c>, <c>{{name}}</c> and <c>{{$processEnv NAME}}</c>.</summary>
/// <param name="path">The file's path.</param>
/// <param name="environment">The value of a variable of the environment; null where it is not set.</param>
internal sealed partial class FileVariables(string path, Func<string, string?> environment)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Keeps a line's variable.</summary>
    /// <returns>Whether the line is one.</returns>
    public bool Take(string where, string line)
    {
        if (Definition().Match(line) is not { Success: true } definition)
        {
            return false;
        }

        _values[definition.Groups["name"].Value] = Fill(where, definition.Groups["value"].Value.Trim());
        return true;
    }

    /// <summary>A text with the values in their places.</summary>
    /// <exception cref="UserException">One is not known; its name is in the message.</exception>
    public string Fill(string where, string text) => Reference().Replace(text, reference => Value(where, reference.Groups["name"].Value.Trim()));

    private string Value(string where, string name)
    {
        if (ProcessEnvironment().Match(name) is { Success: true } variable)
        {
            var own = variable.Groups["name"].Value;
            return environment(own) ?? throw new UserException(ExitCode.WrongUse, $"{where}: the environment has no variable {own}");
        }

        return name.StartsWith('$') ? throw new UserException(ExitCode.WrongUse, $"{where}: {{{{{name}}}}} is not known here; {{{{$processEnv NAME}}}} is")
            : _values.TryGetValue(name, out var value) ? value
            : throw new UserException(ExitCode.WrongUse, $"{where}: {Path.GetFileName(path)} has no variable {name}");
    }

    [GeneratedRegex(@"^@(?<name>[^\s=]+)\s*=\s*(?<value>.*)$")]
    private static partial Regex Definition();

    [GeneratedRegex(@"\{\{(?<name>[^{}]+)\}\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\$processEnv\s+%?(?<name>[A-Za-z_][A-Za-z0-9_]*)%?$")]
    private static partial Regex ProcessEnvironment();
}
