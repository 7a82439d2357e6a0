using System.Text.RegularExpressions;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>A link from one page to another leads somewhere.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Documents.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_to_a_file_and_a_heading(string path)
    {
        var page = Documents.All.Single(page => page.Path == path);

        var broken = Link().Matches(page.Text).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && !Leads(page, link));

        Assert.Empty(broken);
    }

    private static bool Leads(Document page, string link)
    {
        var parts = link.Split('#', 2);
        var folder = Path.GetDirectoryName(Path.Combine(Source.Repository, page.Path))!;
        var file = parts[0].Length == 0 ? Path.Combine(Source.Repository, page.Path) : Path.GetFullPath(Path.Combine(folder, parts[0]));
        return (File.Exists(file) || Directory.Exists(file)) && (parts.Length == 1 || Anchors(file).Contains(parts[1]));
    }

    // As GitHub makes them: lower case, blanks to hyphens, other punctuation gone.
    private static IEnumerable<string> Anchors(string file) =>
        Heading().Matches(File.ReadAllText(file)).Select(match => NoAnchor().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
