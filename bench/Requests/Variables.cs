using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Requests;

/// <summary>
/// Puts variables of the environment into what was typed, as a shell would, so that a secret never stands on a command line,
/// which every user of the machine can read.
/// </summary>
internal static partial class Variables
{
    /// <summary>The text with <c>$NAME</c> and <c>${NAME}</c> replaced; <c>$$</c> is a dollar sign.</summary>
    /// <param name="what">What the text is, in messages.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="environment">The value of a variable; null where it is not set.</param>
    /// <exception cref="UserException">A variable is not set; its name is in the message.</exception>
    public static string Expand(string what, string text, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return Reference().Replace(text, reference => reference.Value == "$$" ? "$"
            : environment(NameOf(reference)) ?? throw new UserException(ExitCode.WrongUse, $"{what}: the environment has no variable {NameOf(reference)} ($$ is a dollar sign)"));
    }

    private static string NameOf(Match reference) => reference.Groups["name"].Value;

    [GeneratedRegex(@"\$\$|\$(?<name>[A-Za-z_][A-Za-z0-9_]*)|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Reference();
}
