using System.Text.RegularExpressions;
using Xunit;

namespace ConnectionReuse.Tests.Architecture;

/// <summary>The one rule of style that neither the build nor the check of the white space sees.</summary>
public sealed partial class UsingsTests
{
    [Fact]
    public void They_are_in_the_order_of_their_names_and_those_of_the_base_library_come_first()
    {
        string[] files = [.. from folder in (string[])["bench", "src"]
                             from file in Directory.EnumerateFiles(Path.Combine(Source.Repository, folder), "*.cs", SearchOption.AllDirectories)
                             where !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any()
                             select file];

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var usings = Using().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).ToArray();
            Assert.Equal(usings.OrderBy(name => !name.StartsWith("System", StringComparison.Ordinal)).ThenBy(name => name.Replace('.', ' '), StringComparer.OrdinalIgnoreCase), usings);
        });
    }

    [GeneratedRegex(@"^(?:global )?using (?<name>[A-Z][\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
