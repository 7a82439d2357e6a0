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

        await File.WriteAllTextAsync(Path.Combine(scratch.Folder, "note"), "of no build", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<UserException>(() => builds.RefuseEqualAsync(null, null, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(scratch.Folder, "src")).FullName, "new"), "new", TestContext.Current.CancellationToken);
        await builds.RefuseEqualAsync(null, null, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<UserException>(() => builds.RefuseEqualAsync(null, "HEAD", TestContext.Current.CancellationToken));
    }

    [Fact]
    [Fault("two commits of the same sources, as a squash merge leaves them", "that nothing can be told; exit 3")]
    public async Task Commits_that_are_built_from_the_same_sources_are_refused()
    {
        using var scratch = await ScratchRepository.CreateAsync(TestContext.Current.CancellationToken);
        await scratch.CommitAsync("src/Code.cs", "code", TestContext.Current.CancellationToken);
        await scratch.CommitAsync("README.md", "words", TestContext.Current.CancellationToken);
        await using var builds = new Builds(scratch.Folder);

        var refused = await Assert.ThrowsAsync<UserException>(() => builds.RefuseEqualAsync("HEAD~1", "HEAD", TestContext.Current.CancellationToken));
        await builds.RefuseEqualAsync("HEAD~2", "HEAD", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Inconclusive, refused.ExitCode);
        Assert.Matches("^base [0-9a-f]{7} and head [0-9a-f]{7} are built from the same sources, so nothing can be told: name an older base", refused.Message);
    }

    // So a record of the gate's runs names a commit that its readers have, though each run makes the record longer.
    [Fact]
    public async Task A_working_tree_is_its_commit_until_a_source_differs()
    {
        using var scratch = await ScratchRepository.CreateAsync(TestContext.Current.CancellationToken);
        await scratch.CommitAsync("src/Code.cs", "code", TestContext.Current.CancellationToken);
        await using var builds = new Builds(scratch.Folder);
        var head = await builds.CommitAsync("HEAD", TestContext.Current.CancellationToken);

        Assert.Equal(head, await builds.CommitOfWorkingTreeAsync(head, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(Path.Combine(scratch.Folder, "record"), "one more run", TestContext.Current.CancellationToken);
        Assert.Equal(head, await builds.CommitOfWorkingTreeAsync(head, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(Path.Combine(scratch.Folder, "src", "New.cs"), "new code", TestContext.Current.CancellationToken);
        var changed = await builds.CommitOfWorkingTreeAsync(head, TestContext.Current.CancellationToken);

        Assert.NotEqual(head, changed);
        Assert.Equal(head, await builds.CommitAsync($"{changed}~1", TestContext.Current.CancellationToken));
    }

    // What dotnet says, standard output before standard error.
    [Fact]
    [Fault("base's global.json wants an SDK that is not installed", "which, and which are there; exit 4")]
    public void A_missing_SDK_is_named_with_those_that_are_there()
    {
        const string Said = """
            The command could not be loaded, possibly because:
              * You intended to execute a .NET SDK command:
                  A compatible .NET SDK was not found.

            Requested SDK version: 11.0.100
            global.json file: /somewhere/global.json

            Installed SDKs:

            Learn about SDK resolution:
            https://aka.ms/dotnet/sdk-not-found
            9.0.101 [/usr/share/dotnet/sdk]
            10.0.401 [/usr/share/dotnet/sdk]
            """;

        Assert.Equal("its global.json wants the .NET SDK 11.0.100, and here is 9.0.101, 10.0.401", FirstError.Of(Said));
        Assert.Equal("its global.json wants the .NET SDK 11.0.100, and here is none", FirstError.Of(Said[..Said.IndexOf("9.0.101", StringComparison.Ordinal)]));
    }

    [Fact]
    [Fault("a clone without history", "how to fetch it; exit 3")]
    public async Task A_clone_without_history_is_told_how_to_fetch_it()
    {
        using var scratch = await ScratchRepository.CreateAsync(TestContext.Current.CancellationToken);
        using var shallow = await scratch.ShallowCloneAsync(TestContext.Current.CancellationToken);
        await using var builds = new Builds(shallow.Folder);

        var refused = await Assert.ThrowsAsync<UserException>(() => builds.RefuseEqualAsync(null, null, TestContext.Current.CancellationToken));

        const string Hint = "this clone has no history; fetch it (git fetch --unshallow, or fetch-depth: 0 in a workflow)";
        Assert.EndsWith(Hint, refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<UserException>(() => builds.CommitAsync("HEAD~1", TestContext.Current.CancellationToken));
        Assert.Equal($"'HEAD~1' names no commit of this repository: {Hint}", refused.Message);
    }

    private static IEnumerable<(string Name, string Hash)> Hashes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))))
            .OrderBy(file => file.Item1, StringComparer.Ordinal);
}
