using System.Text.RegularExpressions;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>The README and its marked blocks.</summary>
internal static class Readme
{
    public static string Path { get; } = System.IO.Path.Combine(Source.Repository, "README.md");

    public static string Text { get; } = File.ReadAllText(Path);

    /// <summary>What stands between <c>&lt;!-- name: path --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>, or the fenced code after the former.</summary>
    public static (string Path, string Text) Block(string name)
    {
        var match = Regex.Match(Text, $@"<!-- {name}: (\S+) -->\n(.*?)\n<!-- end of {name} -->", RegexOptions.Singleline) is { Success: true } marked
            ? marked
            : Regex.Match(Text, $@"<!-- {name}: (\S+) -->\n```csharp\n(.*?)\n```", RegexOptions.Singleline);
        Assert.True(match.Success, $"README.md has no block '{name}'");
        return (match.Groups[1].Value, match.Groups[2].Value.Trim());
    }
}
