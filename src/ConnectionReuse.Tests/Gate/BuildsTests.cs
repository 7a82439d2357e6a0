using System.Security.Cryptography;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Tests.EndToEnd;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class BuildsTests
{
    // So a copy of a build is as good as a second build of its commit, as control and as the head of a validation.
    [Fact]
    public async Task A_commit_built_in_two_folders_gives_the_same_bytes()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(Path.Exists(Path.Combine(Source.Repository, ".git")), "the sources here are in no repository");
        await using var first = new Builds(Source.Repository);
        await using var second = new Builds(Source.Repository);

        var one = await first.OfAsync("HEAD", TestContext.Current.CancellationToken);
        var other = await second.OfAsync("HEAD", TestContext.Current.CancellationToken);

        Assert.NotEqual(one.Folder, other.Folder);
        Assert.Equal(Hashes(one.Folder), Hashes(other.Folder));
    }

    private static IEnumerable<(string Name, string Hash)> Hashes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))))
            .OrderBy(file => file.Item1, StringComparer.Ordinal);
}
