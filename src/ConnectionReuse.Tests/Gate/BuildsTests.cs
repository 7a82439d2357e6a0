using System.Security.Cryptography;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
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

    [Fact]
    [Fault("base and head are one commit", "that nothing can be told, and how to name another base; exit 3")]
    public async Task Base_and_head_that_are_one_commit_are_refused_unless_the_working_tree_differs()
    {
        using var scratch = await ScratchRepository.CreateAsync(TestContext.Current.CancellationToken);
        await using var builds = new Builds(scratch.Folder);
        var refused = await Assert.ThrowsAsync<UserException>(() => builds.RefuseEqualAsync(null, null, TestContext.Current.CancellationToken));
        Assert.Equal(ExitCode.Inconclusive, refused.ExitCode);
        Assert.Matches("^base and head are one commit, [0-9a-f]{7}, so nothing can be told: name an older base, such as --base HEAD~1$", refused.Message);

        await File.WriteAllTextAsync(Path.Combine(scratch.Folder, "new"), "new", TestContext.Current.CancellationToken);
        await builds.RefuseEqualAsync(null, null, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<UserException>(() => builds.RefuseEqualAsync(null, "HEAD", TestContext.Current.CancellationToken));
        await builds.RefuseEqualAsync("HEAD~1", "HEAD", TestContext.Current.CancellationToken);
    }

    [Fact]
    [Fault("a clone without history", "how to fetch it; exit 3")]
    public async Task A_clone_without_history_is_told_how_to_fetch_it()
    {
        using var scratch = await ScratchRepository.CreateAsync(TestContext.Current.CancellationToken);
        using var shallow = await scratch.ShallowCloneAsync(TestContext.Current.CancellationToken);
        await using var builds = new Builds(shallow.Folder);

        var refused = await Assert.ThrowsAsync<UserException>(() => builds.RefuseEqualAsync(null, null, TestContext.Current.CancellationToken));

        Assert.EndsWith("this clone has no history; fetch it (git fetch --unshallow, or fetch-depth: 0 in a workflow)", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Hash)> Hashes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))))
            .OrderBy(file => file.Item1, StringComparer.Ordinal);
}
