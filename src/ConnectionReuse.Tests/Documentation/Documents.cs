using System.Text.RegularExpressions;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>What the project says of itself: the front page and the pages beside what they are about.</summary>
internal static class Documents
{
    private static readonly string[] Generated = ["bin", "obj", "published", "local", "faults", "Golden"];

    /// <summary>The front page.</summary>
    public static Document FrontPage { get; } = Document.At("README.md");

    /// <summary>The front page and every page in <c>bench</c>, <c>src</c>, <c>results</c> and <c>.github</c>, reports aside.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        FrontPage,
        .. from folder in (string[])["bench", "src", "results", ".github"]
           from path in Directory.EnumerateFiles(Path.Combine(Source.Repository, folder), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           let relative = Path.GetRelativePath(Source.Repository, path).Replace('\\', '/')
           where !relative.Split('/').Intersect(Generated).Any()
           select Document.At(relative),
    ];

    /// <summary>The page that holds a block, the block's file and its text.</summary>
    public static (Document Page, string Path, string Text) Block(string name)
    {
        var (page, match) = All.Select(page => (page, page.Match(name))).Single(found => found.Item2.Success);
        return (page, match.Groups[1].Value, match.Groups[2].Value.Trim());
    }
}

/// <summary>One page.</summary>
/// <param name="Path">Where it is in the repository, with slashes.</param>
/// <param name="Text">What it says.</param>
internal sealed record Document(string Path, string Text)
{
    /// <summary>Reads a page.</summary>
    public static Document At(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(Source.Repository, path)));

    /// <summary>Writes another text in its place.</summary>
    public void Replace(string text, string by) =>
        File.WriteAllText(System.IO.Path.Combine(Source.Repository, Path), At(Path).Text.Replace(text, by, StringComparison.Ordinal));

    /// <summary>What stands between <c>&lt;!-- name: path --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>, or the fenced code after the former.</summary>
    public Match Match(string name) =>
        Regex.Match(Text, $@"<!-- {name}: (\S+) -->\n(.*?)\n<!-- end of {name} -->", RegexOptions.Singleline) is { Success: true } marked
            ? marked
            : Regex.Match(Text, $@"<!-- {name}: (\S+) -->\n```csharp\n(.*?)\n```", RegexOptions.Singleline);
}
